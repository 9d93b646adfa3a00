import {
  nonNegative,
  positiveInteger,
  RandomStream,
  resolveOptions,
  seed,
  type Dataset,
} from '@dist-gan/core';
import * as v from 'valibot';
import { arrayDataset } from '../array-dataset.js';
import { extremes } from '../extremes.js';
import { normalise } from '../mixtures/normalise.js';

/** What WGAN-GP's toy divides by: the standard deviation plus a little. */
const scale = 7.5;

const schema = v.strictObject({
  points: v.optional(positiveInteger, 50_000),
  /** Standard deviation of the noise around the spiral, before the division by 7.5. */
  noise: v.optional(nonNegative, 0.25),
  /** Whether points are taken to [0, 1] as the authors of Dist-GAN take their mixtures; otherwise they are WGAN-GP's. */
  normalise: v.optional(v.boolean('must be true or false'), true),
  /** What stays free on every side where points are normalised, as a share of the largest absolute entry. */
  margin: v.optional(nonNegative, 0),
  seed: v.optional(seed, 0),
});

export type SwissRollOptions = v.InferInput<typeof schema>;

/** Points that are in memory. */
export interface PointDataset extends Dataset {
  batch(indices: ArrayLike<number>): Float32Array;
}

/**
 * The swiss roll of WGAN-GP's toy experiments: a spiral in the plane,
 *
 *     ((t cos t, t sin t) + noise N(0, I)) / 7.5        t uniform from 3 pi / 2 to 9 pi / 2
 *
 * (t is uniform, not the length along the spiral: the inner turn is the denser one.) There are no modes to be counted; points
 * are compared with these by any metric of features.
 *
 * The source draws points afresh for every batch; here there are 50,000 of them.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Gulrajani et al., "Improved training of Wasserstein GANs", 2017, arXiv 1704.00028, figure 1; the spiral is scikit-learn's
 *   `make_swiss_roll`, its first and last coordinates
 */
export function swissRoll(options?: SwissRollOptions): PointDataset {
  const id = 'swiss-roll';
  const resolved = resolveOptions(schema, options, id);
  const { points: count, noise, margin } = resolved;
  const stream = RandomStream.fromSeed(resolved.seed).derive(id);
  const places = stream.derive('places').uniform(count, { low: 1.5 * Math.PI, high: 4.5 * Math.PI });
  const offsets = stream.derive('noise').normal(2 * count, { standardDeviation: noise });
  const points = new Float64Array(2 * count);
  for (const [i, t] of places.entries()) {
    points[2 * i] = (t * Math.cos(t) + offsets[2 * i]) / scale;
    points[2 * i + 1] = (t * Math.sin(t) + offsets[2 * i + 1]) / scale;
  }
  const original = { points, centres: [], standardDeviation: noise / scale };
  const data = resolved.normalise ? normalise(original, margin).data : Float32Array.from(points);
  return arrayDataset(
    {
      id,
      title: 'Swiss roll',
      source: {
        title: 'Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville: Improved training of Wasserstein GANs',
        year: 2017,
        reference: 'arXiv:1704.00028',
        code: 'igul222/improved_wgan_training 3c8ba3c gan_toy.py:192-202',
      },
      options: resolved,
      sampleShape: [2],
      range: resolved.normalise ? [0, 1] : extremes(data),
    },
    data,
  );
}
