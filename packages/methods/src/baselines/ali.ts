import { positiveInteger, resolveOptions, type Method, type PhaseContext, type Source } from '@dist-gan/core';
import { minimaxDiscriminatorLoss } from '@dist-gan/losses';
import type * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { discriminatorRole } from '../composition/discriminator-role.js';
import { adam, adamEntries } from '../options/adam.js';
import { drawn } from './autoencoder-discriminator.js';
import { sampleLatents, latentNoise } from './latent-noise.js';

const schema = v.strictObject({
  /** Discriminator updates in one training step. */
  discriminatorSteps: v.optional(positiveInteger, 1),
  /** How many pairs the discriminator judges together, as PacGAN does; the batch must be a multiple. */
  packing: v.optional(positiveInteger, 1),
  ...adamEntries({ learningRate: 1e-4, beta1: 0.8, beta2: 0.999 }),
});

export type AliOptions = v.InferInput<typeof schema>;

/**
 * ALI: the discriminator judges pairs, a real sample with its code or a latent with its sample, so that generator and
 * encoder become each other's inverse. The encoder draws its codes from a normal distribution.
 *
 *     discriminator          mean softplus(-D(x, E(x))) + mean softplus(D(G(z), z))
 *     generator and encoder  mean softplus(D(x, E(x))) + mean softplus(-D(G(z), z))
 *
 * Optimiser defaults are those of the experiments on 25 Gaussians.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Dumoulin et al., "Adversarially learned inference", 2016, arXiv 1606.00704
 */
export function ali(options?: AliOptions): Method {
  return jointMethod('ali', 'ALI', options, {
    title: 'Dumoulin et al.: Adversarially learned inference',
    year: 2016,
    reference: 'arXiv:1606.00704',
    code: 'github.com/IshmaelBelghazi/ALI experiments/ali_mixture.py',
  });
}

/**
 * BiGAN: ALI with an encoder that draws nothing.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Donahue, Kraehenbuehl, Darrell, "Adversarial feature learning", 2016, arXiv 1605.09782
 */
export function bigan(options?: AliOptions): Method {
  return jointMethod('bigan', 'BiGAN', options, {
    title: 'Donahue, Kraehenbuehl, Darrell: Adversarial feature learning',
    year: 2016,
    reference: 'arXiv:1605.09782',
  });
}

function jointMethod(
  id: 'ali' | 'bigan',
  title: string,
  options: AliOptions | undefined,
  source: Source,
): Method {
  const resolved = resolveOptions(schema, options, id);
  const draws = id === 'ali';
  const inputs = [...drawn('real', 'latents'), ...(draws ? [latentNoise] : [])];
  const logits = (context: PhaseContext) => {
    const { real } = context.inputs;
    const latents = context.inputs.latents as tf.Tensor2D;
    const codes = draws ? sampleLatents(context, real) : context.encode(real);
    const samples = context.generate(latents).samples;
    return {
      encoded: context.discriminate({ samples: real, latents: codes }).logits,
      generated: context.discriminate({ samples, latents }).logits,
    };
  };
  return {
    id,
    title,
    source,
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: draws ? 'gaussian-encoder' : 'encoder' },
      discriminatorRole('discriminator', resolved.packing, 'joint-discriminator'),
    ],
    phases: [
      {
        name: 'discriminator',
        updates: ['discriminator'],
        repeats: resolved.discriminatorSteps,
        optimizer: adam(resolved),
        inputs,
        loss(context) {
          const { encoded, generated } = logits(context);
          const adversarial = minimaxDiscriminatorLoss({ realLogits: encoded, fakeLogits: generated });
          return { total: adversarial, terms: { adversarial } };
        },
      },
      {
        name: 'generator',
        updates: ['generator', 'encoder'],
        repeats: 1,
        optimizer: adam(resolved),
        inputs,
        loss(context) {
          const { encoded, generated } = logits(context);
          const adversarial = minimaxDiscriminatorLoss({ realLogits: generated, fakeLogits: encoded });
          return { total: adversarial, terms: { adversarial } };
        },
      },
    ],
  };
}
