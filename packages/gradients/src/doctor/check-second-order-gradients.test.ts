import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { insidePenalty } from '../guard/inside-penalty.js';
import {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from '../registry/install.js';
import { gradientTable } from '../registry/table.js';
import { type GradientCheck, checkSecondOrderGradients } from './check-second-order-gradients.js';
import { operationChecks } from './checks/index.js';
import { createProbe, tensorDerivatives } from './probe-network.js';

describe('with the corrected gradients', () => {
  let results: GradientCheck[];
  beforeAll(async () => {
    results = await checkSecondOrderGradients();
  });

  test.each(operationChecks.map(({ operation }, index) => [operation, index] as const))(
    '%s is right: value, and orders one, two and three',
    (operation, index) => {
      const { value, firstOrder, secondOrder, thirdOrder, ...rest } = results[index];
      expect(rest.operation).toBe(operation);
      expect(value).toMatchObject({ status: 'right' });
      expect(firstOrder).toMatchObject({ status: 'right' });
      expect(secondOrder).toMatchObject({ status: 'right' });
      expect(thirdOrder).toMatchObject({ status: 'right' });
      expect(rest.status).toBe('right');
      expect(rest.maximumError).toBeLessThan(1e-4);
    },
  );

  test('leaves the gradients as they were', () => {
    expect(secondOrderGradientsInstalled()).toBe(false);
  });
});

describe('the table', () => {
  afterAll(uninstallSecondOrderGradients);

  test('has no kernel twice', () => {
    const names = gradientTable.map(({ kernelName }) => kernelName);
    expect(new Set(names).size).toBe(names.length);
  });

  test('holds only gradients that the checks run inside a gradient, and none reads a value', () => {
    installSecondOrderGradients();
    const table = gradientTable.map(({ kernelName }) => kernelName);
    const runInside = new Set<string>();
    const restore = table.map((kernelName) => {
      const config = tf.getGradient(kernelName);
      const { gradFunc } = config;
      config.gradFunc = (...call) => {
        if (insidePenalty()) runInside.add(kernelName);
        return gradFunc(...call);
      };
      return () => (config.gradFunc = gradFunc);
    });
    const read = vi.spyOn(tf.engine(), 'readSync');
    tf.tidy(() => {
      for (const check of operationChecks) tensorDerivatives(createProbe(check)).third();
    });
    for (const undo of restore) undo();

    expect(table.filter((kernelName) => !runInside.has(kernelName))).toEqual([]);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });
});

describe('on stock TensorFlow.js', () => {
  let results: Map<string, GradientCheck>;
  beforeAll(async () => {
    installSecondOrderGradients();
    results = new Map(
      (await checkSecondOrderGradients({ stock: true })).map((check) => [check.operation, check]),
    );
  });
  afterAll(uninstallSecondOrderGradients);

  test('the corrected gradients are in place again afterwards', () => {
    expect(secondOrderGradientsInstalled()).toBe(true);
  });

  test.each(['tanh', 'sigmoid', 'exp', 'swish', 'softmax', 'logSoftmax', 'sigmoidCrossEntropy'])(
    'the second order of %s is silently wrong',
    (operation) => {
      const { firstOrder, secondOrder } = results.get(operation)!;
      expect(firstOrder.status).toBe('right');
      expect(secondOrder.status).toBe('wrong');
      expect(secondOrder.error).toBeGreaterThan(0.01);
    },
  );

  test.each([
    'leakyRelu',
    'prelu (first operand)',
    'elu',
    'selu',
    'relu6',
    'clipByValue',
    'where',
    'maximum (first operand)',
    'max',
    'logSumExp',
    'conv2d (filter)',
    'conv2dTranspose (filter)',
    'depthwiseConv2d (input)',
    'avgPool (valid)',
    'maxPool (valid)',
    'global max pooling',
    'resizeNearestNeighbor (2 x 3 to 4 x 4)',
    'resizeBilinear (2 x 3 to 4 x 4)',
    'batchNorm (fixed statistics, no scale or offset)',
  ])('the second order of %s throws', (operation) => {
    const { secondOrder } = results.get(operation)!;
    expect(secondOrder.status).toBe('throws');
    expect(secondOrder.message).toBeTruthy();
  });

  test.each([
    'mirrorPad (reflect)',
    'mirrorPad (symmetric)',
    'avgPool (same)',
    'cast to int32',
    'cast to bool',
    'conv2d, size rounded up (input)',
    'conv2d, size rounded up (filter)',
    'maxPool (window not square, ceil)',
  ])('the first order of %s is silently wrong already', (operation) => {
    expect(results.get(operation)!.firstOrder.status).toBe('wrong');
  });

  test.each(['matMul (left factor)', 'conv2d (input)', 'relu', 'sqrt', 'batchNorm (batch statistics)'])(
    'the second order of %s is right',
    (operation) => {
      expect(results.get(operation)!.secondOrder.status).toBe('right');
    },
  );

  test('the value of matMul is wrong where outer dimensions broadcast, and cumsum knows no negative axis', () => {
    expect(results.get('matMul, outer dimensions that broadcast (first operand)')!.value.status).toBe(
      'wrong',
    );
    expect(results.get('cumsum (axis -1)')!.value.status).not.toBe('right');
  });
});
