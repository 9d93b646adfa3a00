import { decay, positive, type AdamOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { optimizerEntries, optimizerSettings } from './optimizer.js';

/** The options of a method that trains with Adam, with the method's own defaults. */
export function adamEntries(defaults: { learningRate: number; beta1: number; beta2: number }) {
  return {
    /** Step size. */
    learningRate: v.optional(positive, defaults.learningRate),
    /** Decay of the first moment. */
    beta1: v.optional(decay, defaults.beta1),
    /** Decay of the second moment. */
    beta2: v.optional(decay, defaults.beta2),
    ...optimizerEntries,
  };
}

/** Options of Adam, the same for every network of a method. */
export type AdamMethodOptions = v.InferOutput<
  v.StrictObjectSchema<ReturnType<typeof adamEntries>, undefined>
>;

/** The contract's optimiser from a method's options. */
export function adam({ learningRate, beta1, beta2, ...settings }: AdamMethodOptions): AdamOptions {
  return {
    id: 'adam',
    learningRate,
    beta1,
    beta2,
    ...optimizerSettings(settings),
  };
}
