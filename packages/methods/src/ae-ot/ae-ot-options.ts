import { nonNegative, oneOf, positive, positiveInteger } from '@dist-gan/core';
import { largestSobolCount } from '@dist-gan/transport';
import * as v from 'valibot';

export const aeOtEntries = {
  /** Steps of the autoencoder. */
  steps: v.optional(positiveInteger, 2000),
  /** Steps of the decoder alone, with codes that stay. */
  refineSteps: v.optional(positiveInteger, 1000),
  /** Of Adam, in both. The code: 2e-5; before 2021: 1e-3. */
  learningRate: v.optional(positive, 1e-3),
  /** Times the sum of |z| over a batch. */
  codeWeight: v.optional(nonNegative, 1e-5),
  /** How many samples are embedded, drawn at random; all where there are no more, which is the default. */
  codes: v.optional(positiveInteger),
  /** Of the transport: see `solveTransport`. */
  tolerance: v.optional(positive, 2e-3),
  transportSteps: v.optional(positiveInteger, 20_000),
  maximumSamples: v.optional(v.pipe(positiveInteger, v.maxValue(largestSobolCount, 'must be at most 2^24'))),
  /** The largest dihedral angle across which codes are mixed, with codes scaled to a standard deviation of 1. */
  threshold: v.optional(v.pipe(positive, v.maxValue(Math.PI, 'must be at most pi')), 0.7),
  interpolation: v.optional(oneOf(['barycentric', 'pair']), 'pair'),
  /** Planes below the highest among which neighbours are looked for. The code: 1 for points, 19 for images. */
  neighbours: v.optional(positiveInteger, 5),
};

export const aeOtSchema = v.strictObject(aeOtEntries);

export type AeOtOptions = v.InferInput<typeof aeOtSchema>;
export type ResolvedAeOtOptions = v.InferOutput<typeof aeOtSchema>;
