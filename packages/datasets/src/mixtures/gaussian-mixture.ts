import { OptionError, positive, positiveInteger, resolveOptions, seed } from '@dist-gan/core';
import type { JsonObject, Source } from '@dist-gan/core';
import * as v from 'valibot';
import { arrayDataset } from '../array-dataset.js';
import { extremes } from '../extremes.js';
import { drawPoints } from './draw-points.js';
import type { MixtureDataset } from './mixture.js';
import { mostModes } from './mode-count.js';
import { keep, normalise, type OriginalPoints } from './normalise.js';

const schema = v.strictObject({
  /** The mean of each mode; all of the same dimension. In original coordinates. */
  centres: v.pipe(
    v.array(
      v.pipe(
        v.array(
          v.pipe(v.number('must be a number'), v.finite('must be finite')),
          'must be a list of numbers',
        ),
        v.minLength(1, 'must have at least one coordinate'),
      ),
      'must be a list of points',
    ),
    v.minLength(1, 'must have at least one centre'),
    v.maxLength(mostModes, 'must have at most 65,536 centres'),
  ),
  /** Of every mode in every coordinate, in original coordinates. */
  standardDeviation: v.optional(positive, 0.05),
  pointsPerMode: v.optional(positiveInteger, 2000),
  /** Whether samples are taken to [0, 1] as the authors do; otherwise they stay in original coordinates. */
  normalise: v.optional(v.boolean('must be true or false'), true),
  seed: v.optional(seed, 0),
});

export type GaussianMixtureOptions = v.InferInput<typeof schema>;

/** What the layouts of the literature say of themselves. */
export interface MixtureDescription {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
}

/** The Dist-GAN paper and its code. */
export const distGanSource: Source = {
  title: 'Tran, Bui, Cheung: Dist-GAN: An Improved GAN Using Distance Constraints',
  year: 2018,
  reference: 'arXiv:1803.08887',
  code: 'tntrung/gan, utils_toy2d.py:7-106',
};

/**
 * A mixture of isotropic Gaussians of equal weight with any centres, in any number of dimensions.
 *
 * @throws OptionError for bad options, and when centres differ in dimension
 */
export function gaussianMixture(options: GaussianMixtureOptions): MixtureDataset {
  const id = 'gaussian-mixture';
  const resolved = resolveOptions(schema, options, id);
  const dimension = resolved.centres[0].length;
  const odd = resolved.centres.findIndex((centre) => centre.length !== dimension);
  if (odd >= 0) {
    throw new OptionError(
      `${id}.centres: centre ${odd} has ${resolved.centres[odd].length} coordinates, ` +
        `the first has ${dimension}; give all of them the same number`,
      `${id}.centres.${odd}`,
      resolved.centres[odd],
    );
  }
  const description = {
    id,
    title: `${resolved.centres.length} Gaussians in ${dimension} dimension${dimension === 1 ? '' : 's'}`,
    source: distGanSource,
  };
  return mixtureDataset(description, resolved, drawPoints(resolved), resolved.normalise);
}

/** Makes the data set of points that were drawn or read. */
export function mixtureDataset(
  description: MixtureDescription,
  options: JsonObject,
  original: OriginalPoints & { readonly labels?: Uint16Array },
  normalised: boolean,
  margin = 0,
): MixtureDataset {
  const { data, mixture } = normalised ? normalise(original, margin) : keep(original);
  const { labels } = original;
  const dataset = arrayDataset(
    {
      ...description,
      options,
      sampleShape: [mixture.centres[0].length],
      range: normalised ? [0, 1] : extremes(data),
      ...(labels && { labels }),
    },
    data,
  );
  return { ...dataset, mixture };
}
