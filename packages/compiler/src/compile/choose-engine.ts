import { BackendError, isGanError } from '@dist-gan/core';
import type { Device } from '@dist-gan/core';
import { onnxTarget } from '../targets/onnx/target.js';
import type { Target } from '../targets/target.js';
import { tensorFlowTarget } from '../targets/tensorflow/target.js';
import type { CompileOptions } from './options.js';

/** Where a function is to run. */
export interface Choice {
  readonly target: Target;
  readonly device: Exclude<Device, 'auto'>;
}

/** Targets and devices in the order in which they are tried; one where the options leave no choice. */
function choicesOf({ target, device = 'cpu', runtime }: CompileOptions): Choice[] {
  const wanted = target ?? (device !== 'auto' || runtime ? 'onnx' : undefined);
  const targets = [tensorFlowTarget, onnxTarget(runtime)];
  const devices = device === 'auto' ? (['cuda', 'cpu'] as const) : [device];
  return devices.flatMap((on) =>
    targets
      .filter(({ name }) => wanted === undefined || name === wanted)
      .map((one) => ({ target: one, device: on })),
  );
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
      if (options.device === 'auto') {
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
