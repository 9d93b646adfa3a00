import {
  OptionError,
  type GeneratorOutput,
  type Phase,
  type PhaseInput,
  type PhaseLoss,
} from '@dist-gan/core';
import {
  latentDataDistance,
  sigmoidCrossEntropyReconstructionLoss,
  squaredErrorReconstructionLoss,
} from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';
import { adam } from '../options/adam.js';
import { draws } from './batches.js';
import type { ResolvedDistGanOptions } from './options.js';

/** The auto-encoder's phase: Eq 3 and 6 to 8 of the paper. */
export function reconstructionPhase(options: ResolvedDistGanOptions): Phase {
  const { latentDataWeight, latentDataSource, latentWeight } = options;
  const draw = draws(options, 'reconstruction');
  const withDistance = latentDataWeight > 0;
  const latents: PhaseInput = { name: 'latents', kind: 'latents', draw: draw.latents };
  return {
    name: 'reconstruction',
    updates: options.autoencoderUpdates === 'encoder' ? ['encoder'] : ['encoder', 'generator'],
    repeats: 1,
    optimizer: adam(options),
    inputs: [{ name: 'real', kind: 'real', draw: draw.real }, ...(withDistance ? [latents] : [])],

    loss(context): PhaseLoss {
      const { real } = context.inputs;
      const encoded = context.encode(real);
      const decoded = context.generate(encoded);

      // Features are computed once for both terms, and only where a term asks for them.
      const featuresOf = remember((samples: tf.Tensor) => context.discriminate(samples).features);
      const compared = options.latentDataSpace === 'features' ? featuresOf : (samples: tf.Tensor) => samples;

      const reconstruction = reconstructionLoss(options.reconstructionLoss, real, decoded, featuresOf);
      if (!withDistance) return { total: reconstruction, terms: { reconstruction } };

      const { latents } = context.inputs as { latents: tf.Tensor2D };
      const distance = latentDataDistance(
        {
          reconstructed: compared(latentDataSource === 'real' ? real : decoded.samples),
          generated: compared(context.generate(latents).samples),
          encoded,
          latents,
        },
        { latentWeight },
      );
      return {
        total: tf.add<tf.Scalar>(reconstruction, tf.mul(latentDataWeight, distance)),
        terms: { reconstruction, latentDataDistance: distance },
      };
    },
  };
}

function reconstructionLoss(
  kind: ResolvedDistGanOptions['reconstructionLoss'],
  real: tf.Tensor,
  decoded: GeneratorOutput,
  featuresOf: (samples: tf.Tensor) => tf.Tensor,
): tf.Scalar {
  switch (kind) {
    case 'feature-squared-error':
      return squaredErrorReconstructionLoss({
        target: featuresOf(real),
        reconstruction: featuresOf(decoded.samples),
      });
    case 'squared-error':
      return squaredErrorReconstructionLoss({ target: real, reconstruction: decoded.samples });
    case 'sigmoid-cross-entropy':
      if (decoded.logits === undefined) {
        throw new OptionError(
          'dist-gan.reconstructionLoss: sigmoid-cross-entropy needs the values before a sigmoid, and this ' +
            'generator has no sigmoid output; choose squared-error or feature-squared-error',
          'dist-gan.reconstructionLoss',
          kind,
        );
      }
      return sigmoidCrossEntropyReconstructionLoss({ target: real, reconstructionLogits: decoded.logits });
  }
}

/** The same function, computed once for each tensor that it is given. */
function remember(compute: (samples: tf.Tensor) => tf.Tensor): (samples: tf.Tensor) => tf.Tensor {
  const known = new Map<tf.Tensor, tf.Tensor>();
  return (samples) => {
    const result = known.get(samples) ?? compute(samples);
    known.set(samples, result);
    return result;
  };
}
