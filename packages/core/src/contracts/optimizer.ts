/** How a phase's networks are updated. Each phase has an optimiser of its own, with its own slots. */
export type OptimizerOptions = AdamOptions | RmsPropOptions | SgdOptions;

/** What every optimiser takes. */
interface UpdateOptions {
  readonly learningRate: number;
  readonly schedule?: LearningRateSchedule;
  /**
   * The most that the norm of all gradients of a phase together may be: longer ones are scaled down to it, all by one factor.
   * Default no limit.
   */
  readonly gradientNormLimit?: number;
}

/** Adam as TensorFlow computes it: the bias correction is part of the step size. */
export interface AdamOptions extends UpdateOptions {
  readonly id: 'adam';
  /** Decay of the first moment, from 0 to below 1. */
  readonly beta1: number;
  /** Decay of the second moment, from 0 to below 1. */
  readonly beta2: number;
  /** Added to the root of the second moment; default 1e-8. */
  readonly epsilon?: number;
}

export interface RmsPropOptions extends UpdateOptions {
  readonly id: 'rmsprop';
  /** Decay of the mean square; default 0.9. */
  readonly decay?: number;
  /** Added to the mean square under the root; default 1e-10. */
  readonly epsilon?: number;
}

export interface SgdOptions extends UpdateOptions {
  readonly id: 'sgd';
}

/** How the learning rate changes during a run; without one it stays. */
export type LearningRateSchedule =
  | {
      /** Times `factor` after every `every` counts, in steps of a staircase. */
      readonly id: 'staircase';
      readonly factor: number;
      readonly every: number;
      /**
       * What is counted: `optimizer-calls` counts every update of every phase (one counter shared by all
       * of them, as in the authors' code), `steps` counts training steps (the paper's wording).
       */
      readonly counter: 'optimizer-calls' | 'steps';
    }
  | {
      /** Times `clip(1 - progress, 0, ceiling)`, where progress runs from 0 to 1 over the run. */
      readonly id: 'linear';
      readonly ceiling: number;
    }
  | {
      /** Times `floor + (1 - floor) * (1 + cos(pi * progress)) / 2`: from 1 down to `floor` over the run. */
      readonly id: 'cosine';
      /** From 0 to 1; default 0. */
      readonly floor?: number;
    }
  | {
      /** Times `factor` once more at each of these training steps. */
      readonly id: 'milestones';
      readonly factor: number;
      readonly steps: readonly number[];
    }
  | {
      /** Times `min((stepsDone + 1) / steps, 1)`, and times what `then` says of the whole run, if it says anything. */
      readonly id: 'warm-up';
      readonly steps: number;
      readonly then?: LearningRateSchedule;
    };
