import type { LearningRateSchedule, OptimizerOptions } from '@dist-gan/core';

/** How far a run has come, just before one optimiser call. */
export interface Progress {
  /** Training steps finished. */
  readonly stepsDone: number;
  /** Training steps of the whole run. */
  readonly steps: number;
  /** Optimiser calls finished, of all phases together. */
  readonly optimizerCallsDone: number;
}

/**
 * The learning rate of the next optimiser call.
 *
 * - `staircase`: `learningRate * factor^floor(count / every)`. What is counted changes the end of a run by
 *   orders of magnitude: with seven calls a step, a count of optimiser calls runs seven times as fast as
 *   a count of steps.
 * - `linear`: `learningRate * clip(1 - stepsDone / steps, 0, ceiling)`.
 * - `cosine`: `learningRate * (floor + (1 - floor) * (1 + cos(pi * stepsDone / steps)) / 2)`, as without restarts in Loshchilov
 *   and Hutter, "SGDR", 2017, equation 5.
 * - `milestones`: `learningRate * factor^(how many of the steps are behind)`.
 * - `warm-up`: `learningRate * min((stepsDone + 1) / steps, 1)`, times what the schedule after it says.
 */
export function learningRateAt(optimizer: OptimizerOptions, progress: Progress): number {
  return optimizer.learningRate * scheduleFactor(optimizer.schedule, progress);
}

function scheduleFactor(schedule: LearningRateSchedule | undefined, progress: Progress): number {
  if (schedule === undefined) return 1;
  switch (schedule.id) {
    case 'staircase': {
      const count = schedule.counter === 'steps' ? progress.stepsDone : progress.optimizerCallsDone;
      return schedule.factor ** Math.floor(count / schedule.every);
    }
    case 'linear': {
      const remaining = 1 - progress.stepsDone / progress.steps;
      return Math.min(Math.max(remaining, 0), schedule.ceiling);
    }
    case 'cosine': {
      const { floor = 0 } = schedule;
      const done = Math.min(progress.stepsDone / progress.steps, 1);
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * done))) / 2;
    }
    case 'milestones':
      return schedule.factor ** schedule.steps.filter((step) => step <= progress.stepsDone).length;
    case 'warm-up':
      return Math.min((progress.stepsDone + 1) / schedule.steps, 1) * scheduleFactor(schedule.then, progress);
  }
}
