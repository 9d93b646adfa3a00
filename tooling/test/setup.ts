/**
 * Runs before every test file: the plain CPU backend, TensorFlow.js's own leak checks after each
 * kernel, and a guard that fails a test which leaves tensors behind.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect } from 'vitest';

tf.env().set('IS_TEST', true);
await tf.setBackend('cpu');

let tensorsBefore = 0;

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors - tensorsBefore, 'tensors left behind by this test').toBe(0);
});
