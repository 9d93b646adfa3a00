/** What a method needs and is not given is an error with a name before the first step, however the step is run. */
import { mlp } from '@dist-gan/architectures';
import type { Architecture, Method, NetworkKind } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import {
  ali,
  balancedConsistency,
  distGan,
  ebgan,
  gan,
  gdpp,
  infoGan,
  lsgan,
  neighbourEmbedding,
  r1,
  reconstruction,
  unrolled,
  vaegan,
  danS,
} from '@dist-gan/methods';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, it } from 'vitest';
import { fit } from './fit.js';

const networks = mlp({ hiddenUnits: [4] });
const dataset = gaussianGrid({ pointsPerMode: 4 });

/** Of networks before they are changed: nobody disposes the layers that a changed one no longer has. */
const weights: tf.Tensor[] = [];

/** The same networks, one kind of them changed. */
function changed(
  changedKind: NetworkKind,
  change: (network: tfl.LayersModel) => tfl.LayersModel,
  of: Architecture = networks,
): Architecture {
  return {
    ...of,
    build: (kind, shape, random) => {
      const network = of.build(kind, shape, random);
      if (kind !== changedKind) return network;
      weights.push(...network.weights.map((weight) => weight.read()));
      return change(network);
    },
  };
}

/** Without the last output. */
const shortened = (kind: NetworkKind) =>
  changed(kind, ({ inputs, outputs }) => tfl.model({ inputs, outputs: outputs.slice(0, -1) }));

/** A square with a gradient of its own, of which nobody knows whether it can be differentiated again. */
class OwnSquare extends tfl.layers.Layer {
  static readonly className = 'OwnSquareOfTest';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const square = tf.customGrad((x, save) => {
      (save as (tensors: tf.Tensor[]) => void)([x as tf.Tensor]);
      return {
        value: tf.square(x as tf.Tensor),
        gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(tf.mul(2, saved), dy),
      };
    });
    return square(Array.isArray(inputs) ? inputs[0] : inputs);
  }
}

const squared = changed('discriminator', ({ inputs, outputs: [logits, features] }) =>
  tfl.model({
    inputs,
    outputs: [new OwnSquare({}).apply(logits) as tfl.SymbolicTensor, features],
  }),
);

const cases: [string, Method, Architecture, RegExp][] = [
  [
    'a discriminator without features',
    gan(),
    shortened('discriminator'),
    /the outputs of the network for the role discriminator must be logits and features for a discriminator/,
  ],
  [
    'the same for a regulariser of features',
    gan({ regularisers: [gdpp()] }),
    shortened('discriminator'),
    /must be logits and features/,
  ],
  [
    'a discriminator of pairs without latents',
    ali(),
    changed('joint-discriminator', ({ inputs: [samples] }) =>
      tfl.model({
        inputs: samples,
        outputs: [1, 2].map((units) => tfl.layers.dense({ units }).apply(samples) as tfl.SymbolicTensor),
      }),
    ),
    /the inputs of the network for the role discriminator must be samples and latents/,
  ],
  [
    'an auto-encoder without a code',
    ebgan(),
    shortened('autoencoder'),
    /must be reconstruction and code for a autoencoder/,
  ],
  [
    'a discriminator that finds no codes',
    infoGan({ categories: 0 }),
    shortened('recognition-discriminator'),
    /must be logits, features and codes/,
  ],
  [
    'an encoder without variances',
    vaegan(),
    shortened('gaussian-encoder'),
    /must be mean and logarithm of the variance/,
  ],
  [
    'networks without an encoder, which a regulariser needs',
    gan({ regularisers: [reconstruction()] }),
    { ...networks, kinds: ['generator', 'discriminator'] },
    /the method gan needs a network of kind encoder for its role encoder/,
  ],
  [
    'a generator without logits for a cross-entropy of samples',
    distGan({ reconstructionLoss: 'sigmoid-cross-entropy' }),
    mlp({ hiddenUnits: [4], outputActivation: 'linear' }),
    /sigmoid-cross-entropy needs the values before a sigmoid, and this generator has no sigmoid output/,
  ],
  [
    'packing that does not divide the batch',
    lsgan({ packing: 3 }),
    networks,
    /fit\.batchSize: must be a multiple of 3, as the discriminator of lsgan judges so many samples together \(got 4\)/,
  ],
  [
    'sets that do not divide the batch',
    danS({ setSize: 3 }),
    networks,
    /fit\.batchSize: must be a multiple of 3, as the set-discriminator of dan-s/,
  ],
  ['more latents to be found than there are', infoGan({ categories: 3, continuous: 0 }), networks, /latent/],
  [
    'images for a regulariser that shifts them',
    gan({ regularisers: [balancedConsistency()] }),
    networks,
    /samples are of shape \[2\]; switch both off and give a noise/,
  ],
  [
    'a look ahead through an operation without a proved gradient',
    unrolled({ unrolledSteps: 1 }),
    squared,
    /tf\.customGrad is used inside a gradient/,
  ],
  ['a penalty through it', gan({ penalties: [r1()] }), squared, /tf\.customGrad is used inside a gradient/],
];

afterEach(() => {
  tf.dispose(weights.splice(0).filter(({ isDisposed }) => !isDisposed));
  // TensorFlow.js leaves what its tape had kept when an operation throws.
  for (const { outputs, saved } of tf.engine().state.activeTape ?? []) tf.dispose([outputs, saved ?? []]);
});

describe.each(['eager', 'compiled'] as const)('%s training refuses', (executor) => {
  it.each(cases)('%s', async (_, method, architecture, message) => {
    let steps = 0;
    const attempt = fit({
      method,
      architecture,
      dataset,
      latents: { dimension: 2, distribution: 'uniform' },
      batchSize: 4,
      steps: 2,
      seed: 1,
      executor,
      callbacks: { onStep: () => void steps++ },
    });
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toHaveProperty('code');
    expect(steps).toBe(0);
  });

  it.each([
    ['a batch of one for neighbours', gan({ regularisers: [neighbourEmbedding({ rows: 'drawn' })] })],
    ['a batch of one for a diversity', gan({ regularisers: [gdpp()] })],
  ])('%s', async (_, method) => {
    const attempt = fit({
      method,
      architecture: networks,
      dataset,
      latents: { dimension: 2, distribution: 'uniform' },
      batchSize: 1,
      steps: 1,
      seed: 1,
      executor,
    });
    await expect(attempt).rejects.toThrow(/2 (samples )?or more|batch of 2/);
    await expect(attempt).rejects.toHaveProperty('code');
  });
});
