import { positive } from '@dist-gan/core';
import * as v from 'valibot';
import { compositionEntries } from '../composition/composition-entries.js';
import { adamEntries } from '../options/adam.js';

/** What methods with a generator and a discriminator take that train with Adam, with a method's own defaults. */
export function twoNetworkEntries({
  discriminatorSteps,
  ...adam
}: { discriminatorSteps: number } & Parameters<typeof adamEntries>[0]) {
  return {
    ...compositionEntries({ discriminatorSteps }),
    ...adamEntries(adam),
    /** Step size of the generator where it is another one; `learningRate` is then the discriminator's. */
    generatorLearningRate: v.optional(positive),
  };
}
