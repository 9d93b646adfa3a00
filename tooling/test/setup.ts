/**
 * Runs before every test file: the plain CPU backend, TensorFlow.js's own leak checks after each
 * kernel, and a guard that fails a test which leaves tensors behind. Files run one after another in the same process:
 * what one put in place of something is taken away behind it.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';

// Our own modules begin anew with each file, what is in node_modules does not.
vi.resetModules();

// The first session of ONNX Runtime decides for its whole thread, and for good, whether numbers as small as 1e-310 are zero;
// those of compiled steps want it so. Here the first is one that cannot be loaded and wants nothing, so that what a file
// computes does not depend on those before it.
process.env.ORT_DISABLE_TELEMETRY ??= '1';
const { InferenceSession } = createRequire(new URL('../../packages/compiler/package.json', import.meta.url))(
  'onnxruntime-node',
) as { readonly InferenceSession: { create(model: Uint8Array): Promise<unknown> } };
await InferenceSession.create(Uint8Array.of(0)).catch(() => undefined);

tf.env().set('IS_TEST', true);
await tf.setBackend('cpu');

let tensorsBefore = 0;

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  expect(
    tf.memory().numTensors - tensorsBefore,
    'tensors left behind by this test; make them in a tf.tidy, operands too, or dispose of them',
  ).toBe(0);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  tf.disposeVariables();
  // Losses install the corrected gradients where they are imported: the file's own copy of them takes them out again.
  if (!Object.hasOwn(tf.engine(), 'runKernelFunc')) return;
  const { uninstallSecondOrderGradients } = await import('../../packages/gradients/src/index.js');
  uninstallSecondOrderGradients();
});
