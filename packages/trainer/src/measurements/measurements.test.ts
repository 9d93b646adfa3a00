import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureWeights } from './measure-weights.js';
import { spectralNorm } from './spectral-norm.js';

/** Singular values of a 2 x 2 matrix: their squares have the sum of all squares as sum, and det^2 as product. */
function largestOf([a, b, c, d]: readonly number[]): number {
  const squares = a * a + b * b + c * c + d * d;
  const determinant = a * d - b * c;
  return Math.sqrt((squares + Math.sqrt(Math.max(0, squares ** 2 - 4 * determinant ** 2))) / 2);
}

const entry = fc.integer({ min: -1000, max: 1000 }).map((hundredths) => hundredths / 100);
const entries = (length: number) => fc.array(entry, { minLength: length, maxLength: length });

describe('spectralNorm', () => {
  it('is that of 2 x 2 matrices in closed form: to three digits, where singular values are not close', () => {
    fc.assert(
      fc.property(entries(4), (matrix) => {
        const [a, b, c, d] = matrix;
        const wanted = largestOf(matrix);
        const smallest = wanted === 0 ? 0 : Math.abs(a * d - b * c) / wanted;
        const bound = smallest < 0.99 * wanted ? 1e-3 : 1e-2;
        expect(Math.abs(spectralNorm(matrix, 2) - wanted)).toBeLessThanOrEqual(bound * wanted);
      }),
    );
  });

  it('is the product of the lengths of u and v for u v^T, of any shape', () => {
    const vectors = fc.integer({ min: 1, max: 6 }).chain(entries);
    fc.assert(
      fc.property(vectors, vectors, (u, v) => {
        const matrix = u.flatMap((left) => v.map((right) => left * right));
        const wanted = Math.hypot(...u) * Math.hypot(...v);
        expect(Math.abs(spectralNorm(matrix, v.length) - wanted)).toBeLessThanOrEqual(1e-6 * wanted);
      }),
    );
  });

  it('is the largest entry of a diagonal matrix, and 0 of zeros', () => {
    expect(spectralNorm([3, 0, 0, 0, -7, 0, 0, 0, 5], 3)).toBeCloseTo(7, 4);
    expect(spectralNorm(new Float32Array(12), 4)).toBe(0);
  });
});

describe('measureWeights', () => {
  it('gives norms of all trainable weights, and spectral norms of matrices and kernels', async () => {
    const input = tfl.input({ shape: [2, 2, 1] });
    const convolution = tfl.layers.conv2d({ filters: 2, kernelSize: [2, 1], useBias: true });
    const normalised = tfl.layers.batchNormalization({});
    const network = tfl.model({
      inputs: input,
      outputs: normalised.apply(convolution.apply(input)) as tfl.SymbolicTensor,
    });
    // As a matrix of two rows: (3, 0) and (0, 4).
    tf.tidy(() => {
      convolution.setWeights([tf.tensor([3, 0, 0, 4], [2, 1, 1, 2]), tf.tensor([0, 12])]);
      // Its moving averages are not trained, and do not count: gamma (1, 1), beta (0, 84).
      normalised.setWeights([tf.tensor([1, 1]), tf.tensor([0, 84]), tf.tensor([9, 9]), tf.tensor([9, 9])]);
    });
    const networks = { generator: network };
    const squares = 3 ** 2 + 4 ** 2 + 12 ** 2 + 2 + 84 ** 2;
    const measured = await measureWeights(networks, ['weight-norms', 'spectral-norms']);
    expect(Object.keys(measured)).toEqual(['spectral-norm/generator/0', 'weight-norm/generator']);
    expect(measured['weight-norm/generator']).toBeCloseTo(Math.sqrt(squares), 9);
    expect(measured['spectral-norm/generator/0']).toBeCloseTo(4, 5);
    expect(await measureWeights(networks, ['gradient-norms'])).toEqual({});
    network.dispose();
  });
});
