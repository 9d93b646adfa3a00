import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random/index.js';
import type { JsonObject } from './json.js';
import type { Source } from './source.js';

/**
 * What a network does.
 *
 * - `generator`: latents `[batch, latentDimension]` to samples `[batch, ...sampleShape]`. A model with a
 *   sigmoid output has a second output: the values before the sigmoid.
 *   A generator that is conditioned on a class takes `[latents, labels]`, labels one-hot, `[batch, classes]`.
 * - `encoder`: samples to latents.
 * - `gaussian-encoder`: samples to `[mean, logVariance]` of a normal distribution of latents, each
 *   `[batch, latentDimension]`.
 * - `discriminator`: samples to `[logits, features]`: logits `[batch, 1]`, and the flattened output of
 *   its last hidden (or last convolutional) layer, `[batch, featureDimension]`. One that is conditioned on a class takes
 *   `[samples, labels]`, as such a generator does.
 * - `joint-discriminator`: `[samples, latents]` to logits and features.
 * - `latent-discriminator`: latents to logits and features.
 * - `autoencoder`: samples to `[reconstruction, code]`, of the samples' shape and `[batch, codeDimension]`: a
 *   discriminator that judges by how well it reconstructs.
 * - `recognition-discriminator`: samples to `[logits, features, codes]`: a discriminator that also says what the latents of a
 *   sample were, `[batch, latentDimension]` (InfoGAN's Q).
 * - `set-discriminator`: sets of samples, `[sets, set size, ...sampleShape]`, to logits and features of sets, `[sets, 1]` and
 *   `[sets, featureDimension]`. The `sampleShape` that it is built for begins with the set size.
 * - `two-set-discriminator`: the same of sets whose two halves are compared: whether they come from one distribution.
 */
export type NetworkKind =
  | 'generator'
  | 'encoder'
  | 'gaussian-encoder'
  | 'discriminator'
  | 'joint-discriminator'
  | 'latent-discriminator'
  | 'autoencoder'
  | 'recognition-discriminator'
  | 'set-discriminator'
  | 'two-set-discriminator';

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
