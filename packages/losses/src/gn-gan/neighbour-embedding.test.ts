import { RandomStream } from '@dist-gan/core';
import { describeLoss } from '@dist-gan/testing/loss';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { neighbourEmbedding, type NeighbourEmbeddingOptions } from './neighbour-embedding.js';

type Rows = readonly (readonly number[])[];

const rowsOf = (values: readonly number[], dimension: number): Rows =>
  Array.from({ length: values.length / dimension }, (_, i) =>
    values.slice(i * dimension, (i + 1) * dimension),
  );

/** Every pair on its own, in float64. */
function reference(
  latents: Rows,
  samples: Rows,
  { bandwidth = 'variance-of-distances', distances = 'squared' }: NeighbourEmbeddingOptions = {},
  bandwidthOf: Rows = samples,
): number {
  const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, d) => x - b[d]));
  const variance = (rows: Rows): number => {
    if (typeof bandwidth === 'number') return bandwidth;
    const squares = bandwidth.includes('squared-distances');
    const values = rows.flatMap((a, i) =>
      rows.flatMap((b, j) => (i === j ? [] : [distance(a, b) ** (squares ? 2 : 1)])),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const result = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length + 1e-8;
    return bandwidth.startsWith('squared') ? result ** 2 : result;
  };
  const probabilities = (rows: Rows, scale: number): number[][] => {
    const n = rows.length;
    const kernel = rows.map((a, i) =>
      rows.map((b, j) => {
        const d = distance(a, b);
        return i === j ? 0 : 1 / (1 + (distances === 'squared' ? d * d : d) / (2 * scale));
      }),
    );
    const sums = kernel.map((row) => row.reduce((sum, value) => sum + value, 0));
    return kernel.map((row, i) => row.map((value, j) => (value / sums[i] + value / sums[j]) / (2 * n)));
  };
  const p = probabilities(latents, variance(latents));
  const q = probabilities(samples, variance(bandwidthOf));
  return p.reduce(
    (total, row, i) =>
      row.reduce((sum, value, j) => (i === j ? sum : sum + value * Math.log(value / q[i][j])), total),
    0,
  );
}

const inputs = { latents: { sampleShape: [3] }, samples: { sampleShape: [2, 2] } };
for (const distances of ['squared', 'plain'] as const) {
  describeLoss(`neighbourEmbedding of ${distances} distances, bandwidth 0.7`, {
    inputs,
    loss: (tensors) => neighbourEmbedding(tensors, { bandwidth: 0.7, distances }),
    reference: ({ latents, samples }) =>
      reference(rowsOf(latents, 3), rowsOf(samples, 4), { bandwidth: 0.7, distances }),
  });
}

const random = RandomStream.fromSeed(3);
const points = (name: string, count: number, dimension: number): Rows =>
  rowsOf([...random.derive(name).normal(count * dimension)], dimension);
const latents = points('latents', 12, 2);
const samples = points('samples', 12, 3);
const tensor = (rows: Rows) => tf.tensor2d(rows.map((row) => [...row]));
const value = (
  tensors: { latents: Rows; samples: Rows; reference?: Rows },
  options?: NeighbourEmbeddingOptions,
): number =>
  tf.tidy(
    () =>
      neighbourEmbedding(
        {
          latents: tensor(tensors.latents),
          samples: tensor(tensors.samples),
          ...(tensors.reference && { reference: tensor(tensors.reference) }),
        },
        options,
      ).dataSync()[0],
  );

describe('neighbourEmbedding', () => {
  it.each([
    'variance-of-distances',
    'squared-variance-of-distances',
    'variance-of-squared-distances',
    'squared-variance-of-squared-distances',
  ] as const)('has the %s of each side as its bandwidth', (bandwidth) => {
    const wanted = reference(latents, samples, { bandwidth });
    // A wide kernel leaves a small distance of large logarithms: float32 keeps 1e-6 of them.
    const difference = Math.abs(value({ latents, samples }, { bandwidth }) - wanted);
    expect(difference).toBeLessThan(1e-4 * wanted + 1e-6);
  });

  it('takes the bandwidth of the data side from reference samples', () => {
    const others = points('others', 5, 3);
    const wanted = reference(latents, samples, {}, others);
    expect(Math.abs(wanted - reference(latents, samples))).toBeGreaterThan(1e-3);
    expect(value({ latents, samples, reference: others }) / wanted).toBeCloseTo(1, 4);
  });

  it('sends no gradient through the bandwidth', () => {
    const [p, q] = [1, 2].map((side) => {
      const rows = side === 1 ? latents : samples;
      const all = rows.flatMap((a, i) =>
        rows.flatMap((b, j) => (i === j ? [] : [Math.hypot(...a.map((x, d) => x - b[d]))])),
      );
      const mean = all.reduce((sum, d) => sum + d, 0) / all.length;
      return all.reduce((sum, d) => sum + (d - mean) ** 2, 0) / all.length + 1e-8;
    });
    // Scaled so that both sides have a variance of 1, which can then be given as a number.
    const scaled = (rows: Rows, by: number): Rows => rows.map((row) => row.map((x) => x / Math.sqrt(by)));
    const [z, x] = [scaled(latents, p), scaled(samples, q)];
    const gradient = (bandwidth: NeighbourEmbeddingOptions['bandwidth']) =>
      tf.tidy(() => [
        ...tf
          .grad((s) => neighbourEmbedding({ latents: tensor(z), samples: s }, { bandwidth }))(tensor(x))
          .dataSync(),
      ]);
    const fixed = gradient(1);
    gradient('variance-of-distances').forEach((g, i) => expect(Math.abs(g - fixed[i])).toBeLessThan(1e-6));
  });

  it('can leave the latent side as it is', () => {
    const largest = (latentGradient: boolean) =>
      tf.tidy(() => {
        const loss = (z: tf.Tensor) =>
          neighbourEmbedding({ latents: z, samples: tensor(samples) }, { latentGradient });
        return Math.max(...tf.grad(loss)(tensor(latents)).dataSync().map(Math.abs));
      });
    expect(largest(true)).toBeGreaterThan(1e-3);
    expect(largest(false)).toBe(0);
  });

  it('is 0 for samples that lie as their latents do, and does not change with their scale, place and turn', () => {
    expect(Math.abs(value({ latents, samples: latents }))).toBeLessThan(1e-6);
    for (const [index, shift] of points('moves', 20, 1).entries()) {
      const [angle, by] = [index * 0.3, 20 * shift[0]];
      const moved = latents.map(([x, y]) => [
        2 * (Math.cos(angle) * x - Math.sin(angle) * y) + by,
        2 * (Math.sin(angle) * x + Math.cos(angle) * y) - by,
      ]);
      const options = { bandwidth: 'variance-of-distances' } as const;
      expect(Math.abs(value({ latents, samples: moved }, options))).toBeLessThan(1e-5);
    }
  });

  it('is finite, as are its gradients, for samples that are all equal or far away', () => {
    for (const collapsed of [latents.map(() => [3, 4]), latents.map((_, i) => [1e6 * i, -1e6])]) {
      const gradients = tf.tidy(() =>
        tf
          .grads((z: tf.Tensor, x: tf.Tensor) =>
            neighbourEmbedding({ latents: z, samples: x }, { distances: 'plain' }),
          )([tensor(latents), tensor(collapsed)])
          .flatMap((gradient) => [...gradient.dataSync()]),
      );
      expect(gradients.every(Number.isFinite)).toBe(true);
      expect(value({ latents, samples: collapsed })).toBeGreaterThan(0);
    }
  });

  it('refuses one row, rows that do not fit and a bandwidth of 0', () => {
    tf.tidy(() => {
      const two = tf.ones([2, 2]);
      expect(() => neighbourEmbedding({ latents: tf.ones([1, 2]), samples: tf.ones([1, 2]) })).toThrow(
        'distances need a batch of 2 or more',
      );
      expect(() => neighbourEmbedding({ latents: two, samples: tf.ones([3, 2]) })).toThrow(
        'samples has shape [3, 2], wanted one sample for each of the 2 latents',
      );
      expect(() => neighbourEmbedding({ latents: two, samples: two }, { bandwidth: 0 })).toThrow(
        'bandwidth must be above 0, got 0',
      );
      expect(() =>
        neighbourEmbedding({ latents: two, samples: two }, { bandwidth: 'variance' as never }),
      ).toThrow(/bandwidth must be one of variance-of-distances/);
    });
  });
});
