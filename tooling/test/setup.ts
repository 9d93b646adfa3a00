/**
 * Runs before every test file: the plain CPU backend, TensorFlow.js's own leak checks after each
 * kernel, and a guard that fails a test which leaves tensors behind. Files run one after another in the same process:
 * what one put in place of something is taken away behind it.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';

tf.env().set('IS_TEST', true);
await tf.setBackend('cpu');

let tensorsBefore = 0;

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors - tensorsBefore, 'tensors left behind by this test').toBe(0);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  // Losses install the corrected gradients where they are imported: the file's own copy of them takes them out again.
  if (!Object.hasOwn(tf.engine(), 'runKernelFunc')) return;
  const { uninstallSecondOrderGradients } = await import('../../packages/gradients/src/index.js');
  uninstallSecondOrderGradients();
});
