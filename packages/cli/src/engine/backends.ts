import { BackendError } from '@dist-gan/core';
import type { Networks } from '@dist-gan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** TensorFlow.js backends that a run can be asked to use. */
export const backendNames = ['cpu', 'wasm', 'tensorflow', 'webgpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** The packages that bring a backend, best first. */
export const backendPackages: Readonly<Record<BackendName, readonly string[]>> = {
  cpu: ['@tensorflow/tfjs-backend-cpu'],
  wasm: ['@tensorflow/tfjs-backend-wasm'],
  tensorflow: ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'],
  webgpu: ['@tensorflow/tfjs-backend-webgpu'],
};

/**
 * Makes a backend the active one.
 *
 * @throws BackendError when its package is not installed or it does not start on this machine
 */
export async function activateBackend(name: BackendName): Promise<void> {
  // Otherwise the CPU backend advertises another package at its first operation.
  tf.enableProdMode();
  await loadBackend(name);
  const active = await tf.setBackend(name).catch(() => false);
  if (!active) {
    throw new BackendError(
      `the TensorFlow.js backend ${name} does not start on this machine; choose another with --backend`,
      name,
    );
  }
}

/**
 * Does something on the wasm backend where the active one is plain JavaScript, which takes minutes over large networks; afterwards
 * the active one is that of before. What wasm has no kernel for is done in JavaScript.
 */
export async function offPlainJavaScript<Result>(work: () => Promise<Result>): Promise<Result> {
  if (tf.getBackend() !== 'cpu') return work();
  try {
    await activateBackend('wasm');
    return await work();
  } catch {
    // A kernel that wasm lacks, or a machine without it.
  } finally {
    await activateBackend('cpu');
  }
  return work();
}

/** Loads the package of a backend, so that it is registered. @throws BackendError when there is none */
async function loadBackend(name: BackendName): Promise<void> {
  if (name === 'cpu') {
    await import('@tensorflow/tfjs-backend-cpu');
  } else if (name === 'wasm') {
    await import('@tensorflow/tfjs-backend-wasm');
  } else {
    await loadOptionalBackend(name);
  }
}

/** The others are no dependencies: what the user has installed is found by name. */
async function loadOptionalBackend(name: BackendName): Promise<void> {
  let cause: unknown;
  for (const specifier of backendPackages[name]) {
    try {
      await import(specifier);
      return;
    } catch (error) {
      cause = error;
    }
  }
  const wanted = backendPackages[name].at(-1)!;
  throw new BackendError(
    `the TensorFlow.js backend ${name} needs ${wanted}; install it with npm install ${wanted}@${tf.version_core}, ` +
      'or choose another with --backend',
    name,
    { cause },
  );
}

/**
 * The fastest backend without an install of its own that can train networks: `wasm`, but `cpu` for convolutions, whose filter
 * gradient the wasm backend lacks.
 */
export async function defaultBackend(networks: Networks): Promise<BackendName> {
  await loadBackend('wasm');
  if (tf.getKernel(tf.Conv2DBackpropFilter, 'wasm') !== undefined) return 'wasm';
  return Object.values(networks).some(hasConvolutions) ? 'cpu' : 'wasm';
}

export function hasConvolutions(network: LayersModel): boolean {
  return network.layers.some((layer) => layer.getClassName().includes('Conv'));
}
