import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random/index.js';
import type { JsonObject } from './json.js';
import type { Source } from './source.js';

/**
 * What a network does.
 *
 * - `generator`: latents `[batch, latentDimension]` to samples `[batch, ...sampleShape]`. A model with a
 *   sigmoid output has a second output: the values before the sigmoid.
 * - `encoder`: samples to latents.
 * - `gaussian-encoder`: samples to `[mean, logVariance]` of a normal distribution of latents, each
 *   `[batch, latentDimension]`.
 * - `discriminator`: samples to `[logits, features]`: logits `[batch, 1]`, and the flattened output of
 *   its last hidden (or last convolutional) layer, `[batch, featureDimension]`.
 * - `joint-discriminator`: `[samples, latents]` to logits and features.
 * - `latent-discriminator`: latents to logits and features.
 * - `autoencoder`: samples to `[reconstruction, code]`, of the samples' shape and `[batch, codeDimension]`: a
 *   discriminator that judges by how well it reconstructs.
 */
export type NetworkKind =
  | 'generator'
  | 'encoder'
  | 'gaussian-encoder'
  | 'discriminator'
  | 'joint-discriminator'
  | 'latent-discriminator'
  | 'autoencoder';

/** What the networks of one run have in common. */
export interface NetworkShape {
  /** Shape of one sample: `[2]`, `[28, 28, 1]`. */
  readonly sampleShape: readonly number[];
  readonly latentDimension: number;
}

/** A family of networks with its options chosen: it builds one model for each kind of network. */
export interface Architecture {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The resolved options that made it. */
  readonly options: JsonObject;
  readonly kinds: readonly NetworkKind[];
  /**
   * Builds one network with freshly drawn weights.
   *
   * The weights depend on `random` alone: the same stream gives the same network.
   *
   * @throws ShapeError when the architecture cannot serve this shape
   */
  build(kind: NetworkKind, shape: NetworkShape, random: RandomStream): LayersModel;
}
