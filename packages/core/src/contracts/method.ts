import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { NetworkKind } from './architecture.js';
import type { JsonObject } from './json.js';
import type { OptimizerOptions } from './optimizer.js';
import type { Source } from './source.js';

/** Names a network within a method: `generator`, `encoder`, `discriminator`, ... */
export type RoleId = string;

/** A network that a method needs. Most methods have one network of a kind, and call it as the kind. */
export interface Role {
  readonly id: RoleId;
  readonly kind: NetworkKind;
  /**
   * Of a discriminator: how many samples it judges together, laid one after the other along their last axis (latents alike, where
   * it judges them), or, of a discriminator of sets, along an axis before their first; default 1. Logits and features are then those of groups,
   * `[batch / packing, ...]`, and the batch must be a multiple.
   */
  readonly packing?: number;
}

/**
 * A training method as a value: which networks it needs, and which losses train them in which order.
 * One training step runs every phase in order, each as often as it repeats.
 */
export interface Method {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  readonly roles: readonly Role[];
  readonly phases: readonly Phase[];
  /** Scalars that the method keeps beside weights (BEGAN's k, ...), with their first values. */
  readonly variables?: Readonly<Record<string, number>>;
}

export interface Phase {
  /** `reconstruction`, `discriminator`, `generator`, ... */
  readonly name: string;
  /** Exactly these networks change. */
  readonly updates: readonly RoleId[];
  /** How often the phase runs in one training step, each time with its own inputs. */
  readonly repeats: number;
  readonly optimizer: OptimizerOptions;
  readonly inputs: readonly PhaseInput[];
  /** Every number that the phase's loss asks {@link PhaseContext.isDue} for. */
  readonly intervals?: readonly number[];
  /**
   * The loss to minimise over the weights of `updates`. Runs inside a tidy: intermediate tensors are
   * freed by the caller. It must be a pure function of the context: no value may be read, and every
   * random number is an input.
   */
  loss(context: PhaseContext): PhaseLoss;
  /**
   * Runs after the update: weight clipping, updates of the method's variables. `terms` are those of the loss, as they were
   * before the update.
   */
  after?(context: PhaseContext, terms: PhaseLoss['terms']): void;
}

export interface PhaseLoss {
  readonly total: Scalar;
  /** What the total is made of, for the log: one term or more, by names in camelCase other than `total`. */
  readonly terms: Readonly<Record<string, Scalar>>;
}

/**
 * An input of a phase. `draw` says how often it is drawn: `repeat` for every run of the phase anew,
 * `step` once a training step, the same for every phase and repeat that says `step`.
 *
 * - `real`: samples of the data set, `[batch, ...sampleShape]`. Draws of `step` walk through the data set
 *   epoch by epoch in a random order; draws of `repeat` do so in an order of their own.
 * - `latents`: `[batch, latentDimension]`, from the run's latent distribution.
 * - `uniform`: numbers from [0, 1), one per sample, `[batch, 1]`: interpolation coefficients.
 * - `normal`: standard normal numbers of the shape of a batch of samples; with `of: 'latents'` of a batch of latents.
 * - `stage`: what an earlier stage of a recipe left under the name `tensor`: with `of: 'latents'` its rows,
 *   `[batch, latentDimension]`; with `of: 'samples'` the samples of the data set whose numbers it holds,
 *   `[batch, ...sampleShape]`. Draws walk through the rows epoch by epoch in a random order. Inputs of one phase with the same
 *   `draw`, of tensors with equally many rows, are drawn together: row by row they belong to each other.
 * - `schedule`: a scalar that depends on the run's progress from 0 to 1.
 */
export type PhaseInput =
  | { readonly name: string; readonly kind: 'real' | 'latents' | 'uniform'; readonly draw: Draw }
  | {
      readonly name: string;
      readonly kind: 'normal';
      readonly draw: Draw;
      /** Default `samples`. */
      readonly of?: 'samples' | 'latents';
    }
  | {
      readonly name: string;
      readonly kind: 'stage';
      readonly tensor: string;
      readonly of: 'samples' | 'latents';
      readonly draw: Draw;
    }
  | { readonly name: string; readonly kind: 'schedule'; readonly value: (progress: number) => number };

export type Draw = 'repeat' | 'step';

/**
 * What a phase's loss sees. Networks run in training mode: batch norm uses the batch's statistics.
 *
 * Where the networks are conditioned on classes, every row of a batch has one: that of the real sample in this row, or, in a
 * phase that sees none, that of a sample drawn at random. `generate` and `discriminate` hand it on, so that a method need not
 * know; they then take batches of the run's size, whose rows are those of the inputs.
 */
export interface PhaseContext {
  /** By the name in the phase's list of inputs. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** By the name in the method's variables. */
  readonly variables: Readonly<Record<string, Variable>>;
  /**
   * Whether what happens every `interval` steps happens in this one; in a run's first step everything does. It is known when
   * a step is recorded: steps in which other things happen are programs of their own.
   */
  isDue(interval: number): boolean;
  /** Samples for latents. `role` defaults to `generator`. */
  generate(latents: Tensor2D, role?: RoleId): GeneratorOutput;
  /** Latents for samples. `role` defaults to `encoder`. */
  encode(samples: Tensor, role?: RoleId): Tensor2D;
  /** The distribution of latents for samples, of a `gaussian-encoder`. `role` defaults to `encoder`. */
  encodeDistribution(samples: Tensor, role?: RoleId): LatentDistribution;
  /**
   * Logits and features: for samples, for pairs of a `joint-discriminator`, for latents of a `latent-discriminator`, or for sets
   * of `packing` samples that follow each other.
   * `role` defaults to `discriminator`.
   */
  discriminate(samples: Tensor | SamplesWithLatents, role?: RoleId): DiscriminatorOutput;
  /** What an `autoencoder` makes of samples. `role` defaults to `discriminator`. */
  autoencode(samples: Tensor, role?: RoleId): AutoencoderOutput;
  /** The trainable weights of a network. */
  weights(role: RoleId): readonly Variable[];
  /**
   * What `compute` gives while a network has other trainable weights: tensors of the same shapes, in the order of
   * `weights`. Gradients flow into them, so that a loss may look through updates that it makes itself.
   */
  withWeights<Result>(role: RoleId, weights: readonly Tensor[], compute: () => Result): Result;
}

/** Samples and latents that belong to each other, row by row. */
export interface SamplesWithLatents {
  readonly samples: Tensor;
  readonly latents: Tensor2D;
}

/** A normal distribution for each sample, every latent on its own: both `[batch, latentDimension]`. */
export interface LatentDistribution {
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
}

export interface AutoencoderOutput {
  /** What the network was given: the samples, augmented where the run augments what a discriminator sees. */
  readonly samples: Tensor;
  /** Of these, `[batch, ...sampleShape]`. */
  readonly reconstruction: Tensor;
  /** `[batch, codeDimension]`. */
  readonly code: Tensor2D;
}

export interface GeneratorOutput {
  /** `[batch, ...sampleShape]`. */
  readonly samples: Tensor;
  /** The values before the output sigmoid, of the samples' shape; absent for other output activations. */
  readonly logits?: Tensor;
}

export interface DiscriminatorOutput {
  /** `[batch, 1]`, before any sigmoid. */
  readonly logits: Tensor2D;
  /** `[batch, featureDimension]`. */
  readonly features: Tensor2D;
  /** `[batch, latentDimension]`; of a `recognition-discriminator` alone. */
  readonly codes?: Tensor2D;
}
