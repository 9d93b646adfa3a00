import { positive, positiveInteger, resolveOptions, seed } from '@dist-gan/core';
import * as v from 'valibot';
import { drawPoints } from './draw-points.js';
import { mixtureDataset } from './gaussian-mixture.js';
import type { MixtureDataset } from './mixture.js';
import { modeCount } from './mode-count.js';

const schema = v.strictObject({
  modes: v.optional(modeCount, 8),
  /** Of the circle, in original coordinates. */
  radius: v.optional(positive, 2),
  /** Of every mode in every coordinate, in original coordinates. */
  standardDeviation: v.optional(positive, 0.02),
  pointsPerMode: v.optional(positiveInteger, 5000),
  seed: v.optional(seed, 0),
});

export type GaussianRingOptions = v.InferInput<typeof schema>;

/**
 * 8 Gaussians of standard deviation 0.02, evenly spaced on a circle of radius 2, normalised to [0, 1].
 *
 * The source draws points afresh for every batch; here there are 5000 of each mode.
 */
export function gaussianRing(options?: GaussianRingOptions): MixtureDataset {
  const id = 'gaussian-ring';
  const resolved = resolveOptions(schema, options, id);
  const { modes, radius } = resolved;
  const centres = Array.from({ length: modes }, (_, mode) => {
    const angle = (2 * Math.PI * mode) / modes;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const description = {
    id,
    title: `${modes} Gaussians on a ring`,
    source: {
      title: 'Metz, Poole, Pfau, Sohl-Dickstein: Unrolled Generative Adversarial Networks, appendix A',
      year: 2017,
      reference: 'arXiv:1611.02163',
    },
  };
  return mixtureDataset(description, resolved, drawPoints({ centres, ...resolved }), true);
}
