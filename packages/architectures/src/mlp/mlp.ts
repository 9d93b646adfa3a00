import { oneOf, positive, positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { assertNetworkShape } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';
import { ofOneSample, ofSets } from '../network/sets.js';
import { buildDenseNetwork, hiddenActivations, outputActivations } from './dense-networks.js';

const schema = v.strictObject({
  hiddenUnits: v.optional(
    v.pipe(
      v.array(positiveInteger, 'must be a list of whole numbers'),
      v.minLength(1, 'must list at least one layer'),
    ),
    [128, 128, 128],
  ),
  /** After every hidden layer; default `relu`. */
  activation: v.optional(oneOf(hiddenActivations), 'relu'),
  /** Slope of `leaky-relu` below 0; default 0.2. */
  leakySlope: v.optional(positive, 0.2),
  /** Of the generator: `sigmoid` (default) for samples in [0, 1], `linear` for samples without bounds. */
  outputActivation: v.optional(oneOf(outputActivations), 'sigmoid'),
  /** Whether every layer of a discriminator has spectral norm, as SN-GAN needs it; default false. */
  discriminatorSpectralNorm: v.optional(v.boolean('must be true or false'), false),
});

/** The options of {@link mlp}; the defaults are the authors' networks for points of the plane. */
export interface MlpOptions extends Omit<v.InferInput<typeof schema>, 'hiddenUnits'> {
  /** Units of each hidden layer, the same for every network; default [128, 128, 128]. */
  readonly hiddenUnits?: readonly number[];
}

/**
 * Networks of dense layers: with the defaults, encoder, generator and discriminator of the authors'
 * two-dimensional experiments. Kernels are drawn from N(0, 2 / fan_in), biases start at 0.
 *
 * It serves samples of any shape: images are flattened on the way in and shaped on the way out. The
 * encoder's output is linear. The discriminator's features, and an auto-encoder's code, are the output of its last hidden
 * layer. A discriminator of sets takes the mean over a set (or the difference of the means of its halves) before its last hidden
 * layer, as DAN does.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see Dist-GAN section 4.1; code: gaan_toy2d/model_mlp.py, distgan_toy2d.py:58-63. (The code calls its
 *   initialiser Xavier's, but its variance, 2 / fan_in, is He's.)
 */
export function mlp(options?: MlpOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'mlp');
  return {
    id: 'mlp',
    title: 'Multi-layer perceptron',
    source: {
      ...distGanPaper,
      code: 'tntrung/gan gaan_toy2d/model_mlp.py:4-41',
    },
    options: resolved,
    kinds: [
      'generator',
      'encoder',
      'gaussian-encoder',
      'discriminator',
      'joint-discriminator',
      'latent-discriminator',
      'autoencoder',
      'recognition-discriminator',
      'set-discriminator',
      'two-set-discriminator',
    ],
    build(kind, shape, random) {
      assertNetworkShape('mlp', ofSets(kind) ? ofOneSample(shape) : shape);
      return buildDenseNetwork(kind, shape, { ...resolved, distribution: { id: 'he-normal' } }, random);
    },
  };
}
