import {
  nonNegative,
  oneOf,
  positive,
  positiveInteger,
  type LearningRateSchedule,
  type OptimizerOptions,
} from '@dist-gan/core';
import * as v from 'valibot';

const step = v.pipe(v.number('must be a whole number'), v.safeInteger('must be a whole number'));

const schedules = {
  staircase: v.strictObject({
    id: v.literal('staircase'),
    factor: positive,
    every: positive,
    counter: oneOf(['optimizer-calls', 'steps']),
  }),
  linear: v.strictObject({ id: v.literal('linear'), ceiling: positive }),
  cosine: v.strictObject({
    id: v.literal('cosine'),
    floor: v.optional(v.pipe(nonNegative, v.maxValue(1, 'must be 1 at most'))),
  }),
  milestones: v.strictObject({ id: v.literal('milestones'), factor: positive, steps: v.array(step) }),
};

const words = `${Object.keys(schedules).join(', ')} or warm-up`;

/** Checks a learning-rate schedule. */
const learningRateSchedule: v.GenericSchema<LearningRateSchedule> = v.variant(
  'id',
  [
    ...Object.values(schedules),
    v.strictObject({
      id: v.literal('warm-up'),
      steps: positiveInteger,
      then: v.optional(v.lazy(() => learningRateSchedule)),
    }),
  ],
  `must be a schedule whose id is ${words}`,
);

/** What every optimiser takes beside its learning rate. */
export const optimizerEntries = {
  /** How the learning rate changes; without one it is constant. */
  learningRateSchedule: v.optional(learningRateSchedule),
  /** The most that the norm of all gradients of a phase together may be; default no limit. */
  gradientNormLimit: v.optional(positive),
};

/** The contract's part of it. */
export function optimizerSettings({
  learningRateSchedule: schedule,
  gradientNormLimit,
}: {
  learningRateSchedule?: LearningRateSchedule;
  gradientNormLimit?: number;
}): Pick<OptimizerOptions, 'schedule' | 'gradientNormLimit'> {
  return {
    ...(schedule !== undefined && { schedule }),
    ...(gradientNormLimit !== undefined && { gradientNormLimit }),
  };
}
