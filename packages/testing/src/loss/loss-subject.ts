import type { Tensor } from '@tensorflow/tfjs-core';

/** How a loss is tested. `Name` is the union of the names of its tensors. */
export interface LossSubject<Name extends string = string> {
  /** The tensors that the loss takes, by name. */
  readonly inputs: Readonly<Record<Name, LossInput>>;
  /** The loss, its options filled in. */
  loss(inputs: Readonly<Record<Name, Tensor>>): Tensor;
  /**
   * The same loss in float64, written without TensorFlow.js, for a batch of any size and finite at logits of ±80. Each input is
   * its values, row-major. With it, values are compared and gradients are checked against its central differences; without it,
   * gradients are checked more loosely against central differences of `loss` itself.
   */
  reference?(inputs: Readonly<Record<Name, readonly number[]>>): number;
  /**
   * The sign of the loss's derivative with respect to each entry of an input: what minimising it does.
   * `negative` pushes the input up, `positive` pushes it down (either may vanish at some entries, not at
   * all), `zero` leaves it alone.
   */
  readonly gradientSigns?: Readonly<Partial<Record<Name, 'negative' | 'positive' | 'zero'>>>;
  /** Samples per batch; default 8. Beside its reference the loss is tried with twice as many, too. */
  readonly batchSize?: number;
}

/**
 * `logits` are drawn from N(0, 4) and given as `[batch]` and as `[batch, 1]`. Anything else is drawn
 * uniformly from `range` (default [-1, 1]) and has the shape `[batch, ...sampleShape]`.
 */
export type LossInput =
  | 'logits'
  | { readonly sampleShape: readonly number[]; readonly range?: readonly [low: number, high: number] };
