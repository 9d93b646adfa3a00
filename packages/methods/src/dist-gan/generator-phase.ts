import type { Phase, PhaseLoss } from '@dist-gan/core';
import {
  discriminatorScoreDistance,
  minimaxGeneratorLoss,
  nonSaturatingGeneratorLoss,
} from '@dist-gan/losses';
import type * as tf from '@tensorflow/tfjs-core';
import { adam } from '../options/adam.js';
import { draws } from './batches.js';
import type { ResolvedDistGanOptions } from './options.js';

/** The generator's phase: Eq 4 of the paper. */
export function generatorPhase(options: ResolvedDistGanOptions): Phase {
  const { generatorLoss } = options;
  const draw = draws(options, 'generator');
  return {
    name: 'generator',
    updates: ['generator'],
    repeats: 1,
    optimizer: adam(options),
    inputs: [
      ...(generatorLoss === 'score-distance'
        ? [{ name: 'real', kind: 'real', draw: draw.real } as const]
        : []),
      { name: 'latents', kind: 'latents', draw: draw.latents },
    ],

    loss(context): PhaseLoss {
      const { inputs } = context;
      const fakeLogits = context.discriminate(context.generate(inputs.latents as tf.Tensor2D).samples).logits;
      switch (generatorLoss) {
        case 'score-distance': {
          const realLogits = context.discriminate(inputs.real).logits;
          const scoreDistance = discriminatorScoreDistance({ realLogits, fakeLogits });
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
