import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { disposeAbandonedTape } from '../guard/abandoned-tape.js';
import { gradientTable } from './table.js';
import {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from './install.js';

afterEach(uninstallSecondOrderGradients);

/** In the table, with and without a stock gradient; outside of it, likewise. */
const kernels = [tf.Tanh, tf.Relu, tf.MaxPoolGrad, tf.AvgPool3D, tf.Cumprod];
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
  corrected.forEach((config, index) => expect(config).not.toBe(stock[index]));
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

test('stock gradients that are registered again, as a late import of tfjs-layers does, are replaced at their first use', () => {
  const stock = tf.getGradient(tf.Tanh);
  installSecondOrderGradients();
  const corrected = tf.getGradient(tf.Tanh);
  tf.registerGradient(stock);
  tf.dispose(tf.tidy(() => tf.grad((x: tf.Tensor) => tf.tanh(x))(tf.scalar(1))));
  expect(tf.getGradient(tf.Tanh)).toBe(corrected);
});

test('needs no gradient of TensorFlow.js', () => {
  const stock = gradientTable.flatMap(({ kernelName }) => {
    const gradient = tf.getGradient(kernelName) as tf.GradConfig | undefined;
    if (gradient === undefined) return [];
    tf.unregisterGradient(kernelName);
    return [gradient];
  });
  try {
    installSecondOrderGradients();
    // y = tanh(x)^2 has y' = 2 tanh (1 - tanh^2), and y'' = 2 (1 - tanh^2) (1 - 3 tanh^2)
    const second = tf.tidy(() => {
      const slope = tf.grad((x: tf.Tensor) => tf.square(tf.tanh(x)));
      return tf
        .grad((x: tf.Tensor) => slope(x))(tf.scalar(0.7))
        .dataSync()[0];
    });
    const square = Math.tanh(0.7) ** 2;
    expect(second).toBeCloseTo(2 * (1 - square) * (1 - 3 * square), 6);
  } finally {
    uninstallSecondOrderGradients();
    stock.forEach((gradient) => tf.registerGradient(gradient));
  }
});

test('kernels registered since are guarded at their first use', () => {
  installSecondOrderGradients();
  const kernelName = 'SquareOfTest';
  tf.registerKernel({ ...tf.getKernel(tf.Square, 'cpu'), kernelName });
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => tf.mul(dy as tf.Tensor, tf.mul(2, saved[0])) }),
  });
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
