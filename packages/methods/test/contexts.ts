import type { PhaseContext } from '@dist-gan/core';

function missing(): never {
  throw new Error('this context has no such network');
}

/** What the context of a method with a generator, an encoder and a discriminator does not have. */
export const withoutOtherNetworks = {
  encodeDistribution: missing,
  autoencode: missing,
  withWeights: missing,
  isDue: () => true,
} satisfies Partial<PhaseContext>;
