import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import { composedCustomGradients, isTrusted, provedCustomGradients } from './custom-gradients.js';
import { refuseInsidePenalty } from './inside-penalty.js';

/** One kernel or custom gradient on its way through the engine (tfjs-core 4.22, `src/engine.ts`). */
interface Invocation {
  readonly kernelName?: string;
  readonly inputs: Record<string, tf.Tensor | undefined>;
  readonly backwardsFunc?: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

type RunKernelFunction = (invocation: Invocation) => tf.Tensor | tf.Tensor[];

/** The one method of the engine through which every kernel and every custom gradient goes. */
interface HookedEngine {
  runKernelFunc: RunKernelFunction;
}

let stockRunKernelFunction: RunKernelFunction | undefined;

/**
 * Two things that no entry in the gradient table can mend: custom gradients, which the table does not know,
 * and batch normalisation without scale or offset, on which the tape itself crashes.
 */
export function installEngineHook(): void {
  const engine = hookedEngine();
  if (Object.hasOwn(engine, 'runKernelFunc')) return;
  const stock = engine.runKernelFunc.bind(engine);
  stockRunKernelFunction = stock;
  engine.runKernelFunc = (invocation) => {
    if (invocation.kernelName === undefined) return runCustomGradient(invocation, stock);
    if (invocation.kernelName === tf.FusedBatchNorm) fillInBatchNormalization(invocation.inputs);
    return stock(invocation);
  };
}

export function uninstallEngineHook(): void {
  if (stockRunKernelFunction === undefined) return;
  stockRunKernelFunction = undefined;
  // The method itself is on the prototype; the hook was a property of the instance.
  delete (hookedEngine() as Partial<HookedEngine>).runKernelFunc;
}

function runCustomGradient(invocation: Invocation, stock: RunKernelFunction): tf.Tensor | tf.Tensor[] {
  const { gradientDepth, kernelDepth, activeScope } = tf.engine().state;
  const recording = gradientDepth > 0 && kernelDepth === 0;
  const name = activeScope?.name ?? '';
  if (!recording || isTrusted() || provedCustomGradients.has(name)) return stock(invocation);
  const compose = composedCustomGradients.get(name);
  if (compose !== undefined) return compose(Object.values(invocation.inputs) as tf.Tensor[]);
  const operation = name.endsWith('__op') ? `tf.${name.slice(0, -'__op'.length)}` : 'tf.customGrad';
  return stock({
    ...invocation,
    backwardsFunc: (dy, saved) => {
      refuseInsidePenalty(operation);
      return invocation.backwardsFunc!(dy, saved);
    },
  });
}

function fillInBatchNormalization(inputs: Record<string, tf.Tensor | undefined>): void {
  const mean = inputs['mean']!;
  inputs['scale'] ??= tf.ones(mean.shape);
  inputs['offset'] ??= tf.zeros(mean.shape);
}

function hookedEngine(): HookedEngine {
  const engine = tf.engine() as unknown as Partial<HookedEngine>;
  if (typeof engine.runKernelFunc !== 'function') {
    throw new GradientError(
      `second-order gradients are corrected for @tensorflow/tfjs-core 4.22.0, got ${tf.version_core}; install that version`,
      'customGrad',
    );
  }
  return engine as HookedEngine;
}
