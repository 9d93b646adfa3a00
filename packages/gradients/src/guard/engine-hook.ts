import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import {
  composedCustomGradients,
  composedKernels,
  operationSuffix,
  wrappingOperations,
} from './composed-operations.js';
import { isTrusted } from './custom-gradients.js';
import { refuseInsidePenalty } from './inside-penalty.js';
import { kernelCorrections } from './kernel-corrections.js';
import { absoluteValueFromBelow, completesSigmoidCrossEntropy } from './sigmoid-cross-entropy.js';

type Inputs = Record<string, tf.Tensor | undefined>;

/** One kernel or custom gradient on its way through the engine (tfjs-core 4.22, `src/engine.ts`). */
interface KernelInvocation {
  readonly kernelName: string;
  readonly inputs: Inputs;
  readonly attrs?: tf.NamedAttrMap;
}

interface CustomInvocation {
  readonly kernelName?: undefined;
  readonly inputs: Inputs;
  readonly forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor;
  readonly backwardsFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

type Invocation = KernelInvocation | CustomInvocation;
type Result = tf.Tensor | tf.Tensor[];
type RunKernelFunction = (invocation: Invocation) => Result;

/** The one method of the engine through which every kernel and every custom gradient goes. */
interface HookedEngine {
  runKernelFunc: RunKernelFunction;
}

/** Our method while it is in place, and how to take it out again. */
let installed: { readonly hook: RunKernelFunction; readonly restore: () => void } | undefined;

/**
 * What no entry in the gradient table can mend: custom gradients, which the table does not know; batch
 * normalisation without scale or offset, on which the tape itself crashes; kernels that compute something wrong.
 *
 * @param prepare called with the name of a kernel that is about to be recorded: its gradient is looked up next.
 */
export function installEngineHook(prepare: (kernelName: string) => void): void {
  if (engineHookInstalled()) return;
  const engine = hookedEngine();
  const previous = engine.runKernelFunc;
  const stock = previous.bind(engine);
  const hook: RunKernelFunction = (invocation) =>
    isKernel(invocation) ? runKernel(invocation, stock, prepare) : runCustomGradient(invocation, stock);
  const onInstance = Object.hasOwn(engine, 'runKernelFunc');
  const restore = () => {
    if (onInstance) engine.runKernelFunc = previous;
    else delete (engine as Partial<HookedEngine>).runKernelFunc; // uncovers the method of the prototype
  };
  engine.runKernelFunc = hook;
  installed = { hook, restore };
}

export function uninstallEngineHook(): void {
  if (engineHookInstalled()) installed!.restore();
  installed = undefined;
}

/** Whether our method is in place; another one may have been put over it. */
export function engineHookInstalled(): boolean {
  return installed !== undefined && hookedEngine().runKernelFunc === installed.hook;
}

/** Whether what runs now goes on a tape: inside a gradient, and not inside another kernel. */
function recording(): boolean {
  const { gradientDepth, kernelDepth } = tf.engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

function runKernel(
  invocation: KernelInvocation,
  stock: RunKernelFunction,
  prepare: (kernelName: string) => void,
): Result {
  const { kernelName, inputs, attrs = {} } = invocation;
  if (recording()) {
    const composed = composedKernels.get(kernelName);
    if (composed !== undefined) return composed(inputs, attrs);
    if (kernelName === tf.Abs && completesSigmoidCrossEntropy(inputs['x']!)) {
      return absoluteValueFromBelow(inputs['x']!);
    }
    if (kernelName === tf.FusedBatchNorm) fillInBatchNormalization(inputs);
    prepare(kernelName);
  }
  const corrected = kernelCorrections.get(kernelName)?.(
    inputs as Record<string, tf.Tensor>,
    attrs,
    (operands, attributes) =>
      stock({ kernelName, inputs: operands as Inputs, attrs: attributes }) as tf.Tensor,
  );
  return corrected ?? stock(invocation);
}

function runCustomGradient(invocation: CustomInvocation, stock: RunKernelFunction): Result {
  const name = tf.engine().state.activeScope?.name ?? '';
  if (!recording() || isTrusted()) return stock(invocation);
  if (wrappingOperations.has(name)) return invocation.forwardFunc(tf.backend(), () => undefined);
  const compose = composedCustomGradients.get(name);
  if (compose !== undefined) return compose(Object.values(invocation.inputs) as tf.Tensor[]);
  const operation = name.endsWith(operationSuffix)
    ? `tf.${name.slice(0, -operationSuffix.length)}`
    : 'tf.customGrad';
  return stock({
    ...invocation,
    backwardsFunc: (dy, saved) => {
      refuseInsidePenalty(operation);
      return invocation.backwardsFunc(dy, saved);
    },
  });
}

function isKernel(invocation: Invocation): invocation is KernelInvocation {
  return invocation.kernelName !== undefined;
}

function fillInBatchNormalization(inputs: Inputs): void {
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
