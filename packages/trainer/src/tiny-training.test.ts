/** A few hundred steps on the 25 Gaussians: generated points spread as the data do. */
import { mlp } from '@dist-gan/architectures';
import type { Method } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { distGan, gan, gnGan, latentDataDistance, r1, r2, reconstruction, rpGan } from '@dist-gan/methods';
import { expect, it } from 'vitest';
import { fit } from './fit.js';

const dataset = gaussianGrid();
const adam = { learningRate: 2e-3, beta1: 0.5, beta2: 0.9 };

/** Mean and standard deviation of both coordinates. */
function momentsOf(points: ArrayLike<number>): number[] {
  return [0, 1].flatMap((axis) => {
    const values = Array.from(points).filter((_, i) => i % 2 === axis);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return [mean, Math.sqrt(variance)];
  });
}

/** As in the presets of points. */
const points = {
  ...adam,
  reconstructionLoss: 'squared-error',
  latentDataWeight: 0.1,
  latentDataSpace: 'samples',
  latentWeight: 1,
  realWeight: 0.5,
  reconstructedWeight: 0.5,
  reconstructedFade: 'none',
  gradientPenaltyWeight: 0.1,
  gradientPenaltyNorm: 'l2',
} as const;

const cases: [string, Method][] = [
  ['dist-gan', distGan(points)],
  ['dist-gan as GAAN', distGan({ ...points, latentDataSource: 'real', reconstructedLabel: 'fake' })],
  [
    'gn-gan',
    gnGan({
      ...adam,
      reconstructionLoss: 'squared-error',
      neighbourEmbedding: { weight: 0.1, space: 'samples' },
      alpha: 0.5,
      gradientPenaltyWeight: 0.1,
      gradientPenaltyNorm: 'l2',
    }),
  ],
  [
    'rp-gan with R1, R2 and an auto-encoder',
    rpGan({
      ...adam,
      penalties: [r1({ gamma: 0.1 }), r2({ gamma: 0.1 })],
      regularisers: [reconstruction({ loss: 'squared-error' }), latentDataDistance({ space: 'samples' })],
    }),
  ],
  ['gan of pairs of points', gan({ ...adam, packing: 2 })],
];

it.each(cases)('%s', async (_, method) => {
  const result = await fit({
    method,
    architecture: mlp({ hiddenUnits: [32, 32] }),
    dataset,
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 64,
    steps: 300,
    seed: 1,
  });
  const { data } = await result.generate(1024);
  await result.dispose();
  // The points lie in the order of their modes: every so-many-th of them is one of each.
  const every = Math.floor(dataset.size / 2000);
  const all = dataset.batch(Uint32Array.from({ length: 2000 }, (_, i) => i * every));
  const [generated, real] = [data, all].map(momentsOf);
  generated.forEach((value, i) => expect(Math.abs(value - real[i])).toBeLessThan(0.1));
});
