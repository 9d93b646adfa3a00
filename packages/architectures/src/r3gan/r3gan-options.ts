import { oneOf, positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';

const list = v.pipe(
  v.array(positiveInteger, 'must be a list of whole numbers'),
  v.minLength(1, 'must list at least one stage'),
);

export const r3ganSchema = v.strictObject({
  /** Channels of each stage, from 4 x 4 upwards, each twice as high and wide as the one before. Default four of 768: 32 x 32. */
  widths: v.optional(list, [768, 768, 768, 768]),
  /** Groups of each stage's 3 x 3 convolutions; as many as widths. Default four of 96. */
  cardinalities: v.optional(list, [96, 96, 96, 96]),
  /** Residual blocks in each stage. Default 2. */
  blocks: v.optional(positiveInteger, 2),
  /** By how much a block widens inside. Default 2. */
  expansion: v.optional(positiveInteger, 2),
  /** Of the generator: `linear` (default, for samples in [-1, 1]) or `sigmoid` (for [0, 1]). */
  outputActivation: v.optional(oneOf(['linear', 'sigmoid']), 'linear'),
});

export type R3ganArchitectureOptions = v.InferInput<typeof r3ganSchema>;
export type ResolvedR3ganOptions = v.InferOutput<typeof r3ganSchema>;
