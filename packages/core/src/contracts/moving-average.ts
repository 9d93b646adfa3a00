import * as v from 'valibot';
import { positive } from '../options/index.js';

/** That of the settings that StyleGAN2-ADA chooses by itself. */
export const defaultRampUp = 0.05;

/** Checks {@link MovingAverageOptions}. */
export const movingAverageOptions = v.strictObject({
  /** In samples: a training step counts as one batch of them. */
  halfLife: positive,
  /**
   * The half-life is never more than this share of the samples seen, so that a young run forgets its random start;
   * null for one half-life from the start. Default {@link defaultRampUp}.
   */
  rampUp: v.optional(v.nullable(positive), defaultRampUp),
});

/**
 * An exponential moving average of the generator's weights, which is evaluated and sampled in place of the generator
 * that is trained: half of what it is comes from the last `halfLife` samples.
 *
 * Karras et al., "Training Generative Adversarial Networks with Limited Data", 2020, whose code
 * (`training/training_loop.py`) has both numbers.
 */
export interface MovingAverageOptions extends Readonly<v.InferInput<typeof movingAverageOptions>> {}
