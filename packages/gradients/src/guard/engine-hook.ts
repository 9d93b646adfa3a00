import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import {
  composedCustomGradients,
  isTrusted,
  operationSuffix,
  provedCustomGradients,
} from './custom-gradients.js';
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

/** Our method while it is in place, and how to take it out again. */
let installed: { readonly hook: RunKernelFunction; readonly restore: () => void } | undefined;

/**
 * Two things that no entry in the gradient table can mend: custom gradients, which the table does not know,
 * and batch normalisation without scale or offset, on which the tape itself crashes.
 */
export function installEngineHook(): void {
  const engine = hookedEngine();
  if (installed !== undefined && engine.runKernelFunc === installed.hook) return;
  const previous = engine.runKernelFunc;
  const stock = previous.bind(engine);
  const hook: RunKernelFunction = (invocation) => {
    if (invocation.kernelName === undefined) return runCustomGradient(invocation, stock);
    if (invocation.kernelName === tf.FusedBatchNorm) fillInBatchNormalization(invocation.inputs);
    return stock(invocation);
  };
  const onInstance = Object.hasOwn(engine, 'runKernelFunc');
  const restore = () => {
    if (onInstance) engine.runKernelFunc = previous;
    else delete (engine as Partial<HookedEngine>).runKernelFunc; // uncovers the method of the prototype
  };
  engine.runKernelFunc = hook;
  installed = { hook, restore };
}

export function uninstallEngineHook(): void {
  if (installed !== undefined && hookedEngine().runKernelFunc === installed.hook) installed.restore();
  installed = undefined;
}

/** Whether what runs now goes on a tape: inside a gradient, and not inside another kernel. */
function recording(): boolean {
  const { gradientDepth, kernelDepth } = tf.engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

function runCustomGradient(invocation: Invocation, stock: RunKernelFunction): tf.Tensor | tf.Tensor[] {
  const name = tf.engine().state.activeScope?.name ?? '';
  if (!recording() || isTrusted() || provedCustomGradients.has(name)) return stock(invocation);
  const compose = composedCustomGradients.get(name);
  if (compose !== undefined) return compose(Object.values(invocation.inputs) as tf.Tensor[]);
  const operation = name.endsWith(operationSuffix)
    ? `tf.${name.slice(0, -operationSuffix.length)}`
    : 'tf.customGrad';
  return stock({
    ...invocation,
    backwardsFunc: (dy, saved) => {
      refuseInsidePenalty(operation);
      return invocation.backwardsFunc!(dy, saved);
    },
  });
}

function fillInBatchNormalization(inputs: Record<string, tf.Tensor | undefined>): void {
  if (!recording()) return;
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
