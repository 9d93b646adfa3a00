import { nonNegative, resolveOptions, type Regulariser } from '@dist-gan/core';
import { gdpp as gdppLoss } from '@dist-gan/losses';
import * as v from 'valibot';

const id = 'gdpp';

const schema = v.strictObject({
  /** Of both parts beside the base's loss: 1, as in the paper's Eq 6. */
  weight: v.optional(nonNegative, 1),
  /** Of the difference of eigenvalues beside that of eigenvectors; the default is the code's. */
  magnitudeWeight: v.optional(nonNegative, 1e-4),
});

export type GdppOptions = v.InferInput<typeof schema>;

/**
 * GDPP as a part of a method: discriminator features of a generated batch are to be as diverse as those of a real one. It
 * decomposes two matrices in every step, in many small operations: see the loss for what that costs.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Elfeki, Couprie, Riviere, Elhoseiny, "GDPP: learning diverse generations using determinantal point processes", ICML
 *   2019, arXiv 1812.00068
 */
export function gdpp(options?: GdppOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  const { weight, magnitudeWeight } = resolved;
  return {
    id,
    title: 'GDPP',
    source: {
      title:
        'Elfeki, Couprie, Riviere, Elhoseiny: GDPP, learning diverse generations using determinantal point processes',
      year: 2019,
      reference: 'arXiv:1812.00068',
      code: 'M-Elfeki/GDPP 9933aff',
    },
    options: resolved,
    term: 'gdpp',
    phase: 'generator',
    weight,
    reads: ['real', 'latents'],
    loss(batch) {
      const { features: realFeatures } = batch.discriminate(batch.real);
      const { features: fakeFeatures } = batch.discriminate(batch.generated().samples);
      return gdppLoss({ realFeatures, fakeFeatures }, { magnitudeWeight });
    },
  };
}
