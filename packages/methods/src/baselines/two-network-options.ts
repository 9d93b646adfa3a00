import { positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';
import { regulariserList } from '../composition/regulariser-list.js';
import { adamEntries } from '../options/adam.js';

/** What every method with a generator and a discriminator can be given, however it is optimised. */
export function compositionEntries({ discriminatorSteps }: { discriminatorSteps: number }) {
  return {
    /** Discriminator updates in one training step, each with data and latents of its own. */
    discriminatorSteps: v.optional(positiveInteger, discriminatorSteps),
    /** How many samples the discriminator judges together, as PacGAN does; the batch must be a multiple. Default 1. */
    packing: v.optional(positiveInteger, 1),
    /** Regularisers of the discriminator's phase beside the method's own: gradient penalties. Default none. */
    penalties: v.optional(regulariserList, []),
    /** What else is added to it, in any phase. Default nothing. */
    regularisers: v.optional(regulariserList, []),
  };
}

/** The same for methods that train with Adam, with a method's own defaults. */
export function twoNetworkEntries({
  discriminatorSteps,
  ...adam
}: { discriminatorSteps: number } & Parameters<typeof adamEntries>[0]) {
  return { ...compositionEntries({ discriminatorSteps }), ...adamEntries(adam) };
}
