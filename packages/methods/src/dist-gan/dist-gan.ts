import { resolveOptions, type Method, type Regulariser } from '@dist-gan/core';
import { compose } from '../composition/compose.js';
import { addedTo } from '../composition/composition-entries.js';
import { adam } from '../options/adam.js';
import { gradientPenalty } from '../regularisers/gradient-penalty.js';
import { latentDataDistance } from '../regularisers/latent-data-distance.js';
import { reconstruction } from '../regularisers/reconstruction.js';
import { draws } from './batches.js';
import { discriminatorLoss } from './discriminator-loss.js';
import { generatorLoss } from './generator-loss.js';
import { distGanSchema, type DistGanOptions, type ResolvedDistGanOptions } from './options.js';
import { distGanSource } from './source.js';

/**
 * Dist-GAN: an auto-encoder whose decoder is the generator keeps the generator from dropping modes, and
 * two distances replace the usual adversarial objectives. One step trains, in this order,
 *
 *     reconstruction  reconstruction + latentDataWeight latent-data distance        encoder and generator
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
  const added = addedTo(identity.id, resolved);
  return compose({
    identity: {
      ...identity,
      source: distGanSource,
      options: { ...resolved, ...added.options },
    },
    optimizer: adam(resolved),
    discriminatorSteps: resolved.discriminatorSteps,
    packing: resolved.packing,
    discriminator: discriminatorLoss(resolved),
    generator: generatorLoss(resolved),
    regularisers: [...ownRegularisers(resolved), ...added.regularisers],
    draws: (phase) => draws(resolved, phase),
  });
}

/** What makes Dist-GAN of a GAN. */
function ownRegularisers(options: ResolvedDistGanOptions): Regulariser[] {
  const { autoencoder, autoencoderUpdates: updates, latentDataWeight, gradientPenaltyWeight } = options;
  return [
    ...(autoencoder ? [reconstruction({ loss: options.reconstructionLoss, updates })] : []),
    ...(autoencoder && latentDataWeight > 0
      ? [
          latentDataDistance({
            weight: latentDataWeight,
            space: options.latentDataSpace,
            source: options.latentDataSource,
            latentWeight: options.latentWeight,
            updates,
          }),
        ]
      : []),
    ...(gradientPenaltyWeight > 0
      ? [
          gradientPenalty({
            weight: gradientPenaltyWeight,
            norm: options.gradientPenaltyNorm,
            sign: options.gradientPenaltySign,
          }),
        ]
      : []),
  ];
}
