import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  installSecondOrderGradients,
  secondOrderGradientsInstalled,
  uninstallSecondOrderGradients,
} from '../registry/install.js';
import { correctedGradients, provedStockGradients } from '../registry/table.js';
import { type GradientCheck, checkSecondOrderGradients } from './check-second-order-gradients.js';
import { operationChecks } from './checks/index.js';
import { createProbe, tensorDerivatives } from './probe-network.js';

describe('with the corrected gradients', () => {
  let results: GradientCheck[];
  beforeAll(async () => {
    results = await checkSecondOrderGradients();
  });

  test.each(operationChecks.map(({ operation }, index) => [operation, index] as const))(
    '%s is right at orders one, two and three',
    (operation, index) => {
      const { firstOrder, secondOrder, thirdOrder, ...rest } = results[index];
      expect(rest.operation).toBe(operation);
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
    const names = [...correctedGradients.map(({ kernelName }) => kernelName), ...provedStockGradients];
    expect(new Set(names).size).toBe(names.length);
  });

  test('holds only kernels that the checks really run, and no gradient reads a value', async () => {
    installSecondOrderGradients();
    const engine = tf.engine();
    const readSync = engine.readSync.bind(engine);
    let reads = 0;
    engine.readSync = (dataId) => {
      reads++;
      return readSync(dataId);
    };
    const profile = await tf.profile(() =>
      tf.tidy(() => {
        for (const check of operationChecks) {
          const derivatives = tensorDerivatives(createProbe(check));
          derivatives.third();
        }
      }),
    );
    Reflect.deleteProperty(engine, 'readSync');
    const run = new Set(profile.kernelNames);
    const unproved = [
      ...correctedGradients.map(({ kernelName }) => kernelName),
      ...provedStockGradients,
    ].filter((name) => !run.has(name));
    expect(unproved).toEqual([]);
    expect(reads).toBe(0);
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

  test.each(['mirrorPad (reflect)', 'mirrorPad (symmetric)', 'avgPool (same)'])(
    'the first order of %s is silently wrong already',
    (operation) => {
      expect(results.get(operation)!.firstOrder.status).toBe('wrong');
    },
  );

  test.each(['matMul (left factor)', 'conv2d (input)', 'relu', 'sqrt', 'batchNorm (batch statistics)'])(
    'the second order of %s is right',
    (operation) => {
      expect(results.get(operation)!.secondOrder.status).toBe('right');
    },
  );
});
