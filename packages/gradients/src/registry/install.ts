import * as tf from '@tensorflow/tfjs-core';
import { engineHookInstalled, installEngineHook, uninstallEngineHook } from '../guard/engine-hook.js';
import { guardedGradient, missingGradient } from '../guard/guarded-gradients.js';
import type { GradientDefinition } from './gradient-definitions.js';
import { gradientTable } from './table.js';

interface Replacement {
  readonly ours: GradientDefinition;
  /** What was registered before; undefined where the kernel had no gradient. */
  readonly stock: GradientDefinition | undefined;
}

const table = new Map(gradientTable.map((gradient) => [gradient.kernelName, gradient]));
const replacements = new Map<string, Replacement>();

/**
 * Makes gradients of TensorFlow.js right at every order, for this process and every copy of TensorFlow.js in it.
 *
 * Registers the gradients of the table, so that `@tensorflow/tfjs-core` needs no other package to differentiate;
 * puts a guard on every other gradient, so that an operation outside the table raises an error that names it when
 * it is used inside a gradient of a gradient; lets custom gradients through only where they are known to be right;
 * and mends the operations whose stock CPU kernels are wrong (see the README).
 * First-order gradients keep their values, except where stock TensorFlow.js has them wrong.
 *
 * Idempotent and cheap. Gradients, kernels and backends that are registered later are covered when they are first
 * used inside a gradient: the order of imports does not matter.
 */
export function installSecondOrderGradients(): void {
  // The hook sees to what is registered from now on.
  if (!engineHookInstalled()) installAll();
}

function installAll(): void {
  for (const [kernelName, gradient] of table) replace(kernelName, () => gradient);
  for (const kernelName of runnableKernels()) {
    if (table.has(kernelName)) continue;
    replace(kernelName, (stock) =>
      stock === undefined ? missingGradient(kernelName) : guardedGradient(stock),
    );
  }
  installEngineHook((kernelName) => {
    const ours = replacements.get(kernelName)?.ours;
    if (ours === undefined || tf.getGradient(kernelName) !== ours) installAll();
  });
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
