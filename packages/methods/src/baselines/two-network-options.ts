import { positiveInteger } from '@dist-gan/core';
import * as v from 'valibot';
import { adamEntries } from '../options/adam.js';

/** The options that every method with a generator and a discriminator has, with a method's own defaults. */
export function twoNetworkEntries({
  discriminatorSteps,
  ...adam
}: { discriminatorSteps: number } & Parameters<typeof adamEntries>[0]) {
  return {
    /** Discriminator updates in one training step, each with data and latents of its own. */
    discriminatorSteps: v.optional(positiveInteger, discriminatorSteps),
    ...adamEntries(adam),
  };
}
