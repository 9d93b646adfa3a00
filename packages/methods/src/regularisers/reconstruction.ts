import {
  nonNegative,
  oneOf,
  OptionError,
  resolveOptions,
  type GeneratorOutput,
  type PhaseBatch,
  type Regulariser,
} from '@dist-gan/core';
import { sigmoidCrossEntropyReconstructionLoss, squaredErrorReconstructionLoss } from '@dist-gan/losses';
import type * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { distGanSource } from '../dist-gan/source.js';
import { encoderRole, updatesEntry, updatesOf } from './autoencoder.js';

const id = 'reconstruction';

/** What is compared in a reconstruction. */
export const reconstructionEntry = v.optional(
  oneOf(['feature-squared-error', 'squared-error', 'sigmoid-cross-entropy']),
  'feature-squared-error',
);

const schema = v.strictObject({
  weight: v.optional(nonNegative, 1),
  /**
   * What is compared: discriminator features (default), samples by squared error, or samples by cross-entropy from the
   * generator's logits, which needs a generator with a sigmoid output.
   */
  loss: reconstructionEntry,
  /** Which networks it trains; default both of the auto-encoder. */
  updates: updatesEntry,
});

export type ReconstructionOptions = v.InferInput<typeof schema>;

/**
 * An auto-encoder whose decoder is the generator: what is in the data can be generated, so that the generator drops no
 * mode.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Tran, Bui, Cheung, "Dist-GAN", 2018, arXiv 1803.08887, Eq 3
 */
export function reconstruction(options?: ReconstructionOptions): Regulariser {
  const resolved = resolveOptions(schema, options, id);
  return {
    id,
    title: 'Reconstruction',
    source: distGanSource,
    options: resolved,
    term: 'reconstruction',
    phase: 'reconstruction',
    weight: resolved.weight,
    roles: encoderRole,
    updates: updatesOf(resolved.updates),
    reads: ['real'],
    loss: (batch) => reconstructionLoss(resolved.loss, batch, batch.reconstructed()),
  };
}

function reconstructionLoss(
  kind: v.InferOutput<typeof schema>['loss'],
  batch: PhaseBatch,
  decoded: GeneratorOutput,
): tf.Scalar {
  switch (kind) {
    case 'feature-squared-error':
      return squaredErrorReconstructionLoss({
        target: batch.discriminate(batch.real).features,
        reconstruction: batch.discriminate(decoded.samples).features,
      });
    case 'squared-error':
      return squaredErrorReconstructionLoss({ target: batch.real, reconstruction: decoded.samples });
    case 'sigmoid-cross-entropy':
      if (decoded.logits === undefined) {
        throw new OptionError(
          'reconstruction.loss: sigmoid-cross-entropy needs the values before a sigmoid, and this ' +
            'generator has no sigmoid output; choose squared-error or feature-squared-error',
          'reconstruction.loss',
          kind,
        );
      }
      return sigmoidCrossEntropyReconstructionLoss({
        target: batch.real,
        reconstructionLogits: decoded.logits,
      });
  }
}
