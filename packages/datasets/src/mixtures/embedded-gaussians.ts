import { OptionError, positive, positiveInteger, RandomStream, resolveOptions, seed } from '@dist-gan/core';
import * as v from 'valibot';
import { arrayDataset } from '../array-dataset.js';
import { extremes } from '../extremes.js';
import { requireMemory } from './draw-points.js';
import type { MixtureDataset } from './mixture.js';
import { modeCount } from './mode-count.js';

const schema = v.strictObject({
  modes: v.optional(modeCount, 10),
  /** Coordinates of a sample. */
  dimension: v.optional(positiveInteger, 1200),
  /** Coordinates in which a mode differs from 0. */
  intrinsicDimension: v.optional(positiveInteger, 700),
  /** Of every mode in each of its own coordinates. Centres have a standard deviation of 1. */
  standardDeviation: v.optional(positive, 0.1),
  pointsPerMode: v.optional(positiveInteger, 1000),
  seed: v.optional(seed, 0),
});

export type EmbeddedGaussiansOptions = v.InferInput<typeof schema>;

/**
 * Ten isotropic Gaussians of 700 dimensions in a space of 1200, VEEGAN's stand-in for the manifolds of natural images. No text or
 * code says where their centres are, how they lie in the space, or how wide they are. Here each mode lies in 700 of the 1200
 * coordinates, drawn for it, and is 0 in all others (GDPP calls the patterns sparse); its centre is drawn from N(0, 1) in
 * each of its coordinates; its standard deviation is 0.1. Samples stay in these coordinates.
 *
 * The published count takes a sample within ten standard deviations of the nearest centre as one of high quality. A sample of
 * the mixture itself lies `sqrt(700) = 26.5` of them from its centre, as far as the standard deviation is that of a
 * coordinate: what a generator gets there says how near to the centres it stays, not how well it does. `registrationRadius`
 * holds all of the mixture's own samples, `sqrt(intrinsicDimension) + 2 sqrt(2)` standard deviations.
 *
 * @throws OptionError for bad options, and when points would not fit into memory
 * @see Srivastava et al., "VEEGAN: reducing mode collapse in GANs using implicit variational learning", 2017, arXiv 1705.07761,
 *   section 4.1; Elfeki et al., "GDPP", 2019, arXiv 1812.00068, appendix B
 */
export function embeddedGaussians(options?: EmbeddedGaussiansOptions): MixtureDataset {
  const id = 'embedded-gaussians';
  const resolved = resolveOptions(schema, options, id);
  const { modes, dimension, intrinsicDimension, standardDeviation, pointsPerMode } = resolved;
  if (intrinsicDimension > dimension) {
    throw new OptionError(
      `${id}.intrinsicDimension: a mode cannot have ${intrinsicDimension} of ${dimension} coordinates; ask for at most ${dimension}`,
      `${id}.intrinsicDimension`,
      intrinsicDimension,
    );
  }
  requireMemory({ modes, pointsPerMode, dimension });
  const stream = RandomStream.fromSeed(resolved.seed).derive(id);
  const data = new Float32Array(modes * pointsPerMode * dimension);
  const centres = Array.from({ length: modes }, (_, mode) => {
    const own = stream.derive(mode);
    const coordinates = own.derive('coordinates').permutation(dimension).slice(0, intrinsicDimension);
    const places = own.derive('centre').normal(intrinsicDimension);
    const offsets = own.derive('points').normal(pointsPerMode * intrinsicDimension, { standardDeviation });
    const centre = new Array<number>(dimension).fill(0);
    coordinates.forEach((coordinate, i) => {
      centre[coordinate] = places[i];
      for (let point = 0; point < pointsPerMode; point++) {
        const row = mode * pointsPerMode + point;
        data[row * dimension + coordinate] = places[i] + offsets[point * intrinsicDimension + i];
      }
    });
    return centre;
  });
  const dataset = arrayDataset(
    {
      id,
      title: `${modes} Gaussians of ${intrinsicDimension} in ${dimension} dimensions`,
      source: {
        title:
          'Srivastava, Valkov, Russell, Gutmann, Sutton: VEEGAN, reducing mode collapse in GANs using implicit variational learning',
        year: 2017,
        reference: 'arXiv:1705.07761',
      },
      options: resolved,
      sampleShape: [dimension],
      range: extremes(data),
      labels: Uint16Array.from({ length: modes * pointsPerMode }, (_, i) => Math.floor(i / pointsPerMode)),
    },
    data,
  );
  const registrationRadius = standardDeviation * (Math.sqrt(intrinsicDimension) + 2 * Math.SQRT2);
  return { ...dataset, mixture: { centres, standardDeviation, registrationRadius } };
}
