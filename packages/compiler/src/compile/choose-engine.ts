import { BackendError, isGanError } from '@dist-gan/core';
import type { Device, TargetName } from '@dist-gan/core';
import { onnxTarget } from '../targets/onnx/target.js';
import type { Target } from '../targets/target.js';
import { tensorFlowTarget } from '../targets/tensorflow/target.js';
import { defaultTargets } from './default-target.js';
import type { CompileOptions } from './options.js';

/** Where a function is to run. */
export interface Choice {
  readonly target: Target;
  readonly device: Exclude<Device, 'auto'>;
}

/** Targets and devices in the order in which they are tried; one where the options leave no choice. */
function choicesOf(options: CompileOptions): Choice[] {
  const { device = 'cpu', runtime } = options;
  const known = { tensorflow: tensorFlowTarget, onnx: onnxTarget(runtime) };
  const targets = targetsFor(options).map((name) => known[name]);
  const devices = device === 'auto' ? (['cuda', 'cpu'] as const) : [device];
  return devices.flatMap((on) => targets.map((target) => ({ target, device: on })));
}

function targetsFor({ target, device = 'cpu', runtime }: CompileOptions): readonly TargetName[] {
  if (target !== undefined) return [target];
  if (runtime !== undefined) return ['onnx'];
  if (device === 'auto') return ['tensorflow', 'onnx'];
  return device === 'cpu' ? defaultTargets() : ['onnx'];
}

/** The first choice that an engine takes. What was tried before it, and why not, is told. */
export async function firstThatWorks<Result>(
  options: CompileOptions,
  attempt: (choice: Choice) => Promise<Result>,
): Promise<Result> {
  const choices = choicesOf(options);
  const refusals: string[] = [];
  for (const choice of choices) {
    try {
      const result = await attempt(choice);
      if (options.device === 'auto' || refusals.length > 0) {
        const reasons = refusals.length > 0 ? ` (${refusals.join(' ')})` : '';
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
