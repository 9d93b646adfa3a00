import { resolveOptions, type Method, type Source } from '@dist-gan/core';
import { discriminatorPhase } from './discriminator-phase.js';
import { generatorPhase } from './generator-phase.js';
import { distGanSchema, type DistGanOptions } from './options.js';
import { reconstructionPhase } from './reconstruction-phase.js';

const distGanSource: Source = {
  title: 'Tran, Bui, Cheung: Dist-GAN, an improved GAN using distance constraints',
  year: 2018,
  reference: 'arXiv:1803.08887',
  code: 'github.com/tntrung/gan at 6e67fe3',
};

/**
 * Dist-GAN: an auto-encoder whose decoder is the generator keeps the generator from dropping modes, and
 * two distances replace the usual adversarial objectives. One step trains, in this order,
 *
 *     reconstruction  (encoder and generator)  reconstruction + latentDataWeight latent-data distance
 *     discriminator   real + reconstructed + fake + gradientPenaltyWeight gradient penalty
 *     generator       discriminator-score distance
 *
 * Every place where the paper and the authors' code differ is an option. With parts switched off it is
 * also each of the paper's ablations; see `gan1`, `gan2`, `distGan1Real`, ...
 *
 * The terms that it reports are without their weights.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Algorithm 1
 */
export function distGan(options?: DistGanOptions): Method {
  return makeDistGan({ id: 'dist-gan', title: 'Dist-GAN' }, options);
}

/** Dist-GAN under the name of an ablation. */
export function makeDistGan(identity: { id: string; title: string }, options?: DistGanOptions): Method {
  const resolved = resolveOptions(distGanSchema, options, identity.id);
  const adversarial = [discriminatorPhase(resolved), generatorPhase(resolved)];
  return {
    ...identity,
    source: distGanSource,
    options: resolved,
    roles: [
      { id: 'generator', kind: 'generator' },
      ...(resolved.autoencoder ? [{ id: 'encoder', kind: 'encoder' } as const] : []),
      { id: 'discriminator', kind: 'discriminator' },
    ],
    phases: resolved.autoencoder ? [reconstructionPhase(resolved), ...adversarial] : adversarial,
  };
}
