import { positive, positiveInteger, resolveOptions, seed } from '@dist-gan/core';
import * as v from 'valibot';
import { drawPoints } from './draw-points.js';
import { distGanSource, mixtureDataset } from './gaussian-mixture.js';
import type { MixtureDataset } from './mixture.js';

const schema = v.strictObject({
  mean: v.optional(v.pipe(v.number('must be a number'), v.finite('must be finite')), 4),
  standardDeviation: v.optional(positive, 1),
  points: v.optional(positiveInteger, 100_000),
  seed: v.optional(seed, 0),
});

export type Gaussian1dOptions = v.InferInput<typeof schema>;

/**
 * One Gaussian on a line, N(4, 1): samples of shape [1] in original coordinates, not normalised. `range`
 * is from the smallest to the largest sample.
 *
 * The source draws points afresh for every batch; here there are 100,000 of them.
 */
export function gaussian1d(options?: Gaussian1dOptions): MixtureDataset {
  const id = 'gaussian-1d';
  const resolved = resolveOptions(schema, options, id);
  const { mean, standardDeviation, points: pointsPerMode } = resolved;
  const description = {
    id,
    title: `The normal distribution N(${mean}, ${standardDeviation}^2)`,
    source: { ...distGanSource, code: 'tntrung/gan, gan_toy1d.py:98-133' },
  };
  const original = drawPoints({ ...resolved, centres: [[mean]], pointsPerMode });
  return mixtureDataset(description, resolved, original, false);
}
