import type { PhaseLoss } from '@dist-gan/core';
import {
  discriminatorScoreDistance,
  minimaxGeneratorLoss,
  nonSaturatingGeneratorLoss,
} from '@dist-gan/losses';
import type { BaseLoss } from '../composition/compose.js';
import type { ResolvedDistGanOptions } from './options.js';

/** The generator's loss: Eq 4 of the paper, or one of a standard GAN. */
export function generatorLoss({
  generatorLoss,
  score = 'sigmoid',
}: Pick<ResolvedDistGanOptions, 'generatorLoss'> & {
  /** Of what the score distance is taken. */
  readonly score?: 'sigmoid' | 'logit';
}): BaseLoss {
  return {
    reads: generatorLoss === 'score-distance' ? ['real', 'latents'] : ['latents'],
    loss(batch): PhaseLoss {
      const fakeLogits = batch.discriminate(batch.generated().samples).logits;
      switch (generatorLoss) {
        case 'score-distance': {
          const realLogits = batch.discriminate(batch.real).logits;
          const scoreDistance = discriminatorScoreDistance({ realLogits, fakeLogits }, { of: score });
          return { total: scoreDistance, terms: { scoreDistance } };
        }
        case 'non-saturating': {
          const nonSaturating = nonSaturatingGeneratorLoss({ fakeLogits });
          return { total: nonSaturating, terms: { nonSaturating } };
        }
        case 'minimax': {
          const minimax = minimaxGeneratorLoss({ fakeLogits });
          return { total: minimax, terms: { minimax } };
        }
      }
    },
  };
}
