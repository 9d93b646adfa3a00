/** How a phase's networks are updated. Each phase has an optimiser of its own, with its own slots. */
export type OptimizerOptions = AdamOptions | RmsPropOptions | SgdOptions;

/** Adam as TensorFlow computes it: the bias correction is part of the step size. */
export interface AdamOptions {
  readonly id: 'adam';
  readonly learningRate: number;
  /** Decay of the first moment, from 0 to below 1. */
  readonly beta1: number;
  /** Decay of the second moment, from 0 to below 1. */
  readonly beta2: number;
  /** Added to the root of the second moment; default 1e-8. */
  readonly epsilon?: number;
  readonly schedule?: LearningRateSchedule;
}

export interface RmsPropOptions {
  readonly id: 'rmsprop';
  readonly learningRate: number;
  /** Decay of the mean square; default 0.9. */
  readonly decay?: number;
  /** Added to the mean square under the root; default 1e-10. */
  readonly epsilon?: number;
  readonly schedule?: LearningRateSchedule;
}

export interface SgdOptions {
  readonly id: 'sgd';
  readonly learningRate: number;
  readonly schedule?: LearningRateSchedule;
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
    };
