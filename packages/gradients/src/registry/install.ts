import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import { installEngineHook, uninstallEngineHook } from '../guard/engine-hook.js';
import { guardedGradient, missingGradient } from '../guard/guarded-gradients.js';
import type { GradientDefinition } from './gradient-definitions.js';
import { correctedGradients, provedStockGradients } from './table.js';

interface Replacement {
  readonly ours: GradientDefinition;
  /** What was registered before; undefined where the kernel had no gradient. */
  readonly stock: GradientDefinition | undefined;
}

const corrected = new Map(correctedGradients.map((gradient) => [gradient.kernelName, gradient]));
const provedStock = new Set(provedStockGradients);
const replacements = new Map<string, Replacement>();

/**
 * Makes second-order gradients of TensorFlow.js right, for this process and every copy of TensorFlow.js in it.
 *
 * Replaces the registered gradients that are wrong or missing at second order; puts a guard on every other
 * gradient, so that an operation outside the table raises an error that names it when it is used inside a
 * gradient of a gradient; and lets custom gradients through only where they are known to be right.
 * First-order gradients keep their values, except where stock TensorFlow.js has them wrong (see the README).
 *
 * Idempotent and cheap: call it wherever second-order gradients are needed. A later call also covers kernels
 * and gradients that were registered since the last one.
 *
 * @throws GradientError (GRADIENT_UNSUPPORTED) when no gradients are registered at all: `@tensorflow/tfjs-core`
 * alone has none, `@tensorflow/tfjs-layers` brings them.
 */
export function installSecondOrderGradients(): void {
  if (tf.getGradient(tf.Square) === undefined) {
    throw new GradientError(
      "installSecondOrderGradients: TensorFlow.js has no gradients registered; import '@tensorflow/tfjs-layers' first",
      tf.Square,
    );
  }
  for (const [kernelName, gradient] of corrected) replace(kernelName, () => gradient);
  for (const kernelName of runnableKernels()) {
    if (corrected.has(kernelName) || provedStock.has(kernelName)) continue;
    replace(kernelName, (stock) =>
      stock === undefined ? missingGradient(kernelName) : guardedGradient(stock),
    );
  }
  installEngineHook();
}

/** Puts every gradient back that was registered before {@link installSecondOrderGradients}. Idempotent. */
export function uninstallSecondOrderGradients(): void {
  for (const [kernelName, { ours, stock }] of replacements) {
    if (tf.getGradient(kernelName) !== ours) continue;
    tf.unregisterGradient(kernelName);
    if (stock !== undefined) tf.registerGradient(stock);
  }
  replacements.clear();
  uninstallEngineHook();
}

/** Whether the corrected gradients are in place. */
export function secondOrderGradientsInstalled(): boolean {
  return replacements.size > 0;
}

function replace(
  kernelName: string,
  create: (stock: GradientDefinition | undefined) => GradientDefinition,
): void {
  const current = tf.getGradient(kernelName) as GradientDefinition | undefined;
  if (current !== undefined && current === replacements.get(kernelName)?.ours) return;
  const ours = create(current);
  if (current !== undefined) tf.unregisterGradient(kernelName);
  tf.registerGradient(ours);
  replacements.set(kernelName, { ours, stock: current });
}

function runnableKernels(): Set<string> {
  const kernels = tf
    .engine()
    .backendNames()
    .flatMap((backend) => tf.getKernelsForBackend(backend));
  return new Set(kernels.map((kernel) => kernel.kernelName));
}
