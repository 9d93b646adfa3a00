import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { JsonObject } from './json.js';
import type {
  DiscriminatorOutput,
  GeneratorOutput,
  PhaseContext,
  PhaseInput,
  PhaseLoss,
  Role,
  RoleId,
} from './method.js';
import type { Source } from './source.js';

/**
 * A term that is added to the loss of one phase of a method, as a value: a gradient penalty, Dist-GAN's latent-data
 * distance. Methods with a generator and a discriminator take lists of them.
 */
export interface Regulariser {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  /** What its value is called in the log, in camel case; each once in a phase. */
  readonly term: string;
  /**
   * The phase that it acts in. The `reconstruction` phase comes first in a step, and only where a regulariser acts in it:
   * it trains the networks of `updates`, usually an encoder, alone or with the generator.
   */
  readonly phase: 'reconstruction' | 'discriminator' | 'generator';
  /** What its value is multiplied by; may be negative. The log has the value without it. */
  readonly weight: number;
  /**
   * It acts in every so many steps only, with so many times its weight: what is costly (a gradient penalty) and changes
   * slowly then costs a fraction. Default 1.
   */
  readonly every?: number;
  /** Networks that it needs beside a generator and a discriminator. */
  readonly roles?: readonly Role[];
  /** In the reconstruction phase: the networks that are trained for it. */
  readonly updates?: readonly RoleId[];
  /** What of the phase's batch it reads. */
  readonly reads: readonly ('real' | 'latents')[];
  /** Further inputs of the phase. Regularisers that ask for the same input by one name share it. */
  readonly inputs?: readonly PhaseInput[];
  /** Scalars that it keeps beside weights, with their first values. Names differ from those of others. */
  readonly variables?: Readonly<Record<string, number>>;
  /**
   * Whether it lays features beside samples or latents, row by row: it then needs a discriminator that judges every sample
   * by itself, and goes with no packing.
   */
  readonly comparesRows?: boolean;
  /**
   * A scalar, or a total with terms of its own, which go to the log as well. The rules of a phase's loss hold: a pure
   * function, no value read.
   */
  loss(batch: PhaseBatch, context: PhaseContext): Scalar | PhaseLoss;
  /** Runs after each update of its phase, as a phase's `after` does; for its variables. */
  after?(context: PhaseContext, terms: PhaseLoss['terms']): void;
}

/**
 * What the losses of one phase share, each computed once, when it is first asked for. Call these outside of a tidy, and
 * inside a gradient of your own call the context's functions instead.
 */
export interface PhaseBatch {
  /** Samples of the data set, `[batch, ...sampleShape]`. */
  readonly real: Tensor;
  /** `[batch, latentDimension]`. */
  readonly latents: Tensor2D;
  /** Samples for the latents. */
  generated(): GeneratorOutput;
  /** Codes of the real samples. */
  encoded(): Tensor2D;
  /** Samples for these codes. */
  reconstructed(): GeneratorOutput;
  /** Logits and features of a tensor. */
  discriminate(samples: Tensor): DiscriminatorOutput;
}
