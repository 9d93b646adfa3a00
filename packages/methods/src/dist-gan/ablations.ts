import { OptionError, type Method } from '@dist-gan/core';
import { makeDistGan } from './dist-gan.js';
import type { DistGanOptions } from './options.js';

/** A maker of Dist-GAN with some options fixed. */
function ablation(id: string, title: string, fixed: DistGanOptions): (options?: DistGanOptions) => Method {
  return (options = {}) => {
    for (const [key, value] of Object.entries(fixed)) {
      const given = options[key as keyof DistGanOptions];
      if (given === undefined || given === value) continue;
      throw new OptionError(
        `${id}.${key} is fixed to ${JSON.stringify(value)} (got ${JSON.stringify(given)}); it is what makes this ablation: use dist-gan to choose it`,
        `${id}.${key}`,
        given,
      );
    }
    return makeDistGan({ id, title }, { ...options, ...fixed });
  };
}

/** GAN1: the score distance alone, no auto-encoder. */
export const gan1 = ablation('gan-1', 'GAN1 (score distance)', {
  generatorLoss: 'score-distance',
  autoencoder: false,
  gradientPenaltyWeight: 0,
});

/** GAN2: GAN1 with the gradient penalty. */
export const gan2 = ablation('gan-2', 'GAN2 (score distance, gradient penalty)', {
  generatorLoss: 'score-distance',
  autoencoder: false,
});

/** DistGAN1: GAN1 with the auto-encoder, whose reconstructions the discriminator calls real. */
export const distGan1Real = ablation('dist-gan-1-real', 'DistGAN1 (reconstructions real)', {
  generatorLoss: 'score-distance',
  autoencoder: true,
  reconstructedLabel: 'real',
  gradientPenaltyWeight: 0,
  latentDataWeight: 0,
});

/** DistGAN1 whose discriminator calls reconstructions fake. */
export const distGan1Fake = ablation('dist-gan-1-fake', 'DistGAN1 (reconstructions fake)', {
  generatorLoss: 'score-distance',
  autoencoder: true,
  reconstructedLabel: 'fake',
  gradientPenaltyWeight: 0,
  latentDataWeight: 0,
});

/** DistGAN1 whose discriminator never sees reconstructions. */
export const distGan1None = ablation('dist-gan-1-none', 'DistGAN1 (no reconstructions)', {
  generatorLoss: 'score-distance',
  autoencoder: true,
  reconstructedLabel: 'none',
  gradientPenaltyWeight: 0,
  latentDataWeight: 0,
});

/** DistGAN2: DistGAN1 (real) with the gradient penalty. With the latent-data distance too it is Dist-GAN. */
export const distGan2 = ablation('dist-gan-2', 'DistGAN2 (no latent-data distance)', {
  generatorLoss: 'score-distance',
  autoencoder: true,
  reconstructedLabel: 'real',
  latentDataWeight: 0,
});
