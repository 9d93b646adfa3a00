import { BackendError, isGanError } from '@dist-gan/core';
import type { Device, TargetName } from '@dist-gan/core';
import type { Graph } from '../graph/types.js';
import { hasConvolutions } from '../operations/work.js';
import { onnxTarget } from '../targets/onnx/target.js';
import type { Target } from '../targets/target.js';
import { tensorFlowTarget } from '../targets/tensorflow/target.js';
import { convolvesFasterOnOnnx, defaultTargets } from './default-target.js';
import type { CompileOptions } from './options.js';

/** Where a function is to run. */
export interface Choice {
  readonly target: Target;
  readonly device: Exclude<Device, 'auto'>;
}

/** Targets and devices in the order in which they are tried; one where the options leave no choice. */
function choicesOf(options: CompileOptions, onnxFirst: boolean): Choice[] {
  const { device = 'cpu', runtime } = options;
  const known = { tensorflow: tensorFlowTarget, onnx: onnxTarget(runtime) };
  const devices = device === 'auto' ? (['cuda', 'cpu'] as const) : [device];
  return devices.flatMap((on) => {
    const targets = targetsFor(options, on);
    const order = onnxFirst && on === 'cpu' ? [...targets].reverse() : targets;
    return order.map((name) => ({ target: known[name], device: on }));
  });
}

/** The faster first, as a rule. */
function targetsFor(
  { target, device = 'cpu', runtime }: CompileOptions,
  on: Choice['device'],
): readonly TargetName[] {
  if (target !== undefined) return [target];
  if (runtime !== undefined) return ['onnx'];
  if (device === 'auto') return ['tensorflow', 'onnx'];
  return on === 'cpu' ? defaultTargets() : ['onnx'];
}

const whyOnnx =
  'Convolutions take up to 1.5 times as long on TensorFlow where a processor has no AVX-512; target "tensorflow" takes it all the same.';

/** The first choice that an engine takes. What was tried before it, and why not, is told, and why the usual order does not hold. */
export async function firstThatWorks<Result>(
  options: CompileOptions,
  graph: Graph,
  attempt: (choice: Choice) => Promise<Result>,
): Promise<Result> {
  const onnxFirst = convolvesFasterOnOnnx() && hasConvolutions(graph);
  const choices = choicesOf(options, onnxFirst);
  const isChosen =
    onnxFirst && choices.some(({ target, device }) => device === 'cpu' && target.name === 'tensorflow');
  const refusals: string[] = [];
  for (const choice of choices) {
    try {
      const result = await attempt(choice);
      const words = [
        ...refusals,
        ...(isChosen && choice.device === 'cpu' && choice.target.name === 'onnx' ? [whyOnnx] : []),
      ];
      if (options.device === 'auto' || words.length > 0) {
        const reasons = words.length > 0 ? ` (${words.join(' ')})` : '';
        options.onWarning?.(
          `compile: this runs on target "${choice.target.name}", device "${choice.device}"${reasons}`,
        );
      }
      return result;
    } catch (error) {
      if (choices.length === 1 || !isGanError(error, 'BACKEND_UNAVAILABLE')) throw error;
      refusals.push(error.message.replace(/^compile: /, ''));
    }
  }
  throw new BackendError(`compile: no engine works here: ${refusals.join(' ')}`, 'auto');
}
