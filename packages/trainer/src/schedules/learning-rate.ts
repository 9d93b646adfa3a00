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
  }
}
