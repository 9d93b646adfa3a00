import { isGanError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { disposeAbandonedTape } from '../guard/abandoned-tape.js';
import {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from './install.js';

afterEach(uninstallSecondOrderGradients);

const kernels = [tf.Tanh, tf.Exp, tf.MaxPoolGrad, tf.LRN, tf.StridedSlice, tf.Relu];
const registered = () => kernels.map((kernel) => tf.getGradient(kernel) as tf.GradConfig | undefined);

test('installs once, however often it is called', () => {
  const stock = registered();
  installSecondOrderGradients();
  const corrected = registered();
  const { runKernelFunc } = tf.engine() as unknown as { runKernelFunc: unknown };
  installSecondOrderGradients();
  installSecondOrderGradients();
  expect(registered()).toEqual(corrected);
  expect((tf.engine() as unknown as { runKernelFunc: unknown }).runKernelFunc).toBe(runKernelFunc);
  corrected.slice(0, 5).forEach((config, index) => expect(config).not.toBe(stock[index]));
});

test('leaves proved stock gradients alone', () => {
  const stock = tf.getGradient(tf.Relu);
  installSecondOrderGradients();
  expect(tf.getGradient(tf.Relu)).toBe(stock);
});

test('uninstalls to exactly what was there, also when called twice', () => {
  const stock = registered();
  const engine = tf.engine() as unknown as { runKernelFunc: unknown };
  const stockRun = engine.runKernelFunc;
  uninstallSecondOrderGradients();
  installSecondOrderGradients();
  expect(secondOrderGradientsInstalled()).toBe(true);
  uninstallSecondOrderGradients();
  uninstallSecondOrderGradients();
  expect(secondOrderGradientsInstalled()).toBe(false);
  registered().forEach((config, index) => expect(config).toBe(stock[index]));
  expect(engine.runKernelFunc).toBe(stockRun);
});

test('a later call replaces stock gradients that were registered again, as a late import of tfjs-layers does', () => {
  const stock = tf.getGradient(tf.Tanh);
  installSecondOrderGradients();
  const corrected = tf.getGradient(tf.Tanh);
  tf.registerGradient(stock);
  installSecondOrderGradients();
  expect(tf.getGradient(tf.Tanh)).toBe(corrected);
});

test('a later call puts the guard on kernels registered since', () => {
  installSecondOrderGradients();
  const kernelName = 'SquareOfTest';
  tf.registerKernel({ ...tf.getKernel(tf.Square, 'cpu'), kernelName });
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => tf.mul(dy as tf.Tensor, tf.mul(2, saved[0])) }),
  });
  installSecondOrderGradients();
  const gradient = tf.grad((x: tf.Tensor) => tf.engine().runKernel(kernelName, { x }));
  const penaltyGradient = () =>
    tf.tidy(() => tf.grad((x: tf.Tensor) => tf.square(gradient(x)))(tf.scalar(3)));
  try {
    expect(tf.tidy(() => gradient(tf.scalar(3)).dataSync()[0])).toBe(6);
    expect(penaltyGradient).toThrow(/^SquareOfTest is used inside a gradient of a gradient/);
  } finally {
    disposeAbandonedTape();
    uninstallSecondOrderGradients();
    tf.unregisterGradient(kernelName);
    tf.unregisterKernel(kernelName, 'cpu');
  }
});

test('says what to import when TensorFlow.js has no gradients', () => {
  const square = tf.getGradient(tf.Square);
  tf.unregisterGradient(tf.Square);
  try {
    installSecondOrderGradients();
    expect.unreachable();
  } catch (error) {
    expect(isGanError(error, 'GRADIENT_UNSUPPORTED')).toBe(true);
    expect((error as Error).message).toContain("import '@tensorflow/tfjs-layers' first");
  } finally {
    tf.registerGradient(square);
  }
});
