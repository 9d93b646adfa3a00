import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { JsonObject } from './json.js';
import type { Source } from './source.js';

/** Changes samples at random inside a training step. */
export interface Augmentation {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  /**
   * Which samples it changes.
   *
   * - `real`: the real samples, before anything sees them. A draw that several phases share is changed once, the same
   *   for all of them. The generator learns to make changed samples, too.
   * - `discriminated`: whatever a discriminator is given, real or generated; gradients flow through to the generator,
   *   whose samples need not look changed. Every call in one run of a phase gets the same random numbers, so that a
   *   sample and its reconstruction, or two terms of one loss, are compared as they stand.
   */
  readonly changes: 'real' | 'discriminated';
  /**
   * Of one of `discriminated` samples: that it is applied with a probability of the run, which after every update of a
   * discriminator moves by batch / `images` towards where the mean sign of the logits of real samples is `target`.
   */
  readonly adapts?: { readonly target: number; readonly images: number };
  /** How many random numbers one sample takes. */
  readonly numbersPerSample: number;
  /**
   * The changed samples: a pure, differentiable function of the samples, which reads no value.
   *
   * @param samples `[batch, ...sampleShape]`, float32
   * @param numbers `[batch, numbersPerSample]`, from U[0, 1)
   * @param range of the samples' values: the data set's
   * @param probability of one that adapts; default 1
   * @returns a tensor of the samples' shape; the caller disposes it
   * @throws ShapeError when samples of this shape cannot be changed
   */
  apply(
    samples: Tensor,
    numbers: Tensor2D,
    range: readonly [low: number, high: number],
    probability?: Scalar | number,
  ): Tensor;
}
