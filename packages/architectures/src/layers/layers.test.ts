/** What must be true of every layer: it saves and loads, and trains compiled and eagerly, to second order. */
import { compile } from '@dist-gan/compiler';
import { RandomStream } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { reload } from '@dist-gan/testing/architecture';
import { againstEager } from '@dist-gan/testing/compiled';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allWeights, applyNetwork, descend, gradientPenalty, trainable } from '../../test/critic.js';
import { expectRightGradient } from '../../test/finite-differences.js';
import { registerCustomObjects } from '../custom-objects.js';
import { seededInitializer } from '../initializers/seeded-initializer.js';
import { conditionalBatchNorm } from './conditional-batch-norm/conditional-batch-norm.js';
import { GlobalSumPooling2D } from './global-sum-pooling-2d/global-sum-pooling-2d.js';
import { minibatchStandardDeviation } from './minibatch-standard-deviation/minibatch-standard-deviation.js';
import { pixelNorm } from './pixel-norm/pixel-norm.js';
import { projectionHead } from './projection-head/projection-head.js';
import { selfAttention } from './self-attention/self-attention.js';
import { spectralNorm } from './spectral-norm/spectral-norm.js';

const { describeOnTargets, expectLikeEager } = await againstEager(compile);

beforeAll(() => {
  installSecondOrderGradients();
  registerCustomObjects();
});
afterAll(() => void uninstallSecondOrderGradients());

const batch = 4;
const sampleShape = [4, 4, 3];
const classes = 3;
const labelsAtHand = Float32Array.of(2, 0, 1, 2);

const drawn = (name: string) => seededInitializer({ id: 'he-normal' }, RandomStream.fromSeed(7).derive(name));

const convolution = (name: string) =>
  layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', kernelInitializer: drawn(name) });

type Build = (x: SymbolicTensor, labels: SymbolicTensor) => SymbolicTensor;

/** A small critic around a layer; `labelled` says that it takes labels too. */
interface Case {
  readonly what: string;
  readonly labelled?: boolean;
  readonly build: Build;
}

const through = (layer: layers.Layer, ...inputs: SymbolicTensor[]): SymbolicTensor =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as SymbolicTensor;

const softplus = (x: SymbolicTensor): SymbolicTensor =>
  through(layers.activation({ activation: 'softplus' }), x);

/** From feature maps to a logit. */
const logit = (x: SymbolicTensor): SymbolicTensor =>
  through(
    layers.dense({ units: 1, kernelInitializer: drawn('logit') }),
    through(layers.flatten(), softplus(x)),
  );

const cases: Case[] = [
  {
    what: 'spectral norm of a convolution and of a dense layer',
    build: (x) => {
      const maps = softplus(through(spectralNorm({ layer: convolution('first') }), x));
      const dense = layers.dense({ units: 1, kernelInitializer: drawn('second') });
      return through(spectralNorm({ layer: dense, powerIterations: 2 }), through(layers.flatten(), maps));
    },
  },
  {
    what: 'spectral norm of a transposed convolution',
    build: (x) => {
      const options = { filters: 2, kernelSize: 3, strides: 2, padding: 'same', useBias: false } as const;
      const layer = layers.conv2dTranspose({ ...options, kernelInitializer: drawn('transposed') });
      return logit(through(spectralNorm({ layer }), x));
    },
  },
  { what: 'pixel norm', build: (x) => logit(through(pixelNorm(), through(convolution('first'), x))) },
  {
    what: 'minibatch standard deviation',
    build: (x) =>
      logit(through(minibatchStandardDeviation({ groupSize: 2 }), through(convolution('first'), x))),
  },
  {
    what: 'self-attention',
    build: (x) => logit(through(selfAttention({ reduction: 2 }), through(convolution('first'), x))),
  },
  {
    what: 'self-attention with spectral norm',
    build: (x) =>
      logit(
        through(selfAttention({ spectralNorm: true, seed: 3 }), softplus(through(convolution('first'), x))),
      ),
  },
  {
    what: 'conditional batch norm without labels',
    build: (x) => logit(through(conditionalBatchNorm(), through(convolution('first'), x))),
  },
  {
    what: 'conditional batch norm',
    labelled: true,
    build: (x, labels) =>
      logit(
        through(conditionalBatchNorm({ classes, momentum: 0.8 }), through(convolution('first'), x), labels),
      ),
  },
  {
    what: 'a projection head without labels',
    build: (x) =>
      through(projectionHead(), through(layers.flatten(), softplus(through(convolution('first'), x)))),
  },
  {
    what: 'a projection head',
    labelled: true,
    build: (x, labels) =>
      through(
        projectionHead({ classes, spectralNorm: true }),
        through(layers.flatten(), softplus(through(convolution('first'), x))),
        labels,
      ),
  },
  {
    what: 'global sum pooling',
    build: (x) => {
      const sums = through(new GlobalSumPooling2D({}), softplus(through(convolution('first'), x)));
      return through(layers.dense({ units: 1, kernelInitializer: drawn('logit') }), sums);
    },
  },
  // Not of this package, but what its readers are told to use.
  {
    what: 'layer norm of TensorFlow.js over all of an image',
    build: (x) =>
      logit(through(layers.layerNormalization({ axis: [1, 2, 3] }), through(convolution('first'), x))),
  },
];

function critic({ build, labelled = false }: Case): LayersModel {
  const x = input({ shape: sampleShape });
  const labels = input({ shape: [1] });
  const outputs = build(x, labels);
  const network = model({ inputs: labelled ? [x, labels] : x, outputs });
  // Weights that start at 0 or 1 would hide what they do.
  for (const [i, variable] of trainable(network).entries()) {
    const noise = RandomStream.fromSeed(9).derive(i).normal(variable.size, { standardDeviation: 0.2 });
    tf.tidy(() => variable.assign(tf.add(variable, tf.tensor(noise, variable.shape))));
  }
  return network;
}

function feeds(call: number): { x: Float32Array; labels: Float32Array } {
  return { x: RandomStream.fromSeed(call).normal(batch * 48), labels: labelsAtHand };
}

/** The critic as a function of images, in training mode. */
function logits(network: LayersModel, labelled: boolean, labels: tf.Tensor): (x: tf.Tensor) => tf.Tensor {
  return (x) => applyNetwork(network, labelled ? [x, labels] : x);
}

function tensors(call: number): { x: tf.Tensor; labels: tf.Tensor } {
  const { x, labels } = feeds(call);
  return { x: tf.tensor(x, [batch, ...sampleShape]), labels: tf.tensor(labels, [batch, 1]) };
}

describe('every layer', () => {
  it.each(cases)('$what: has a right gradient of a gradient penalty', (subject) => {
    const network = critic(subject);
    const { x, labels } = tensors(1);
    const f = logits(network, subject.labelled ?? false, labels);
    // Power iterations must have converged: on the way, the penalty changes by itself.
    tf.tidy(() => {
      for (let i = 0; i < 60; i++) f(x);
    });
    expectRightGradient(() => gradientPenalty(f, x), trainable(network));
    tf.dispose([x, labels]);
    network.dispose();
  });

  it.each(cases)('$what: gives identical outputs after save and load', async (subject) => {
    const network = critic(subject);
    const { x, labels } = tensors(1);
    tf.tidy(() => void logits(network, subject.labelled ?? false, labels)(x));
    const loaded = await reload(network);
    const inputs = subject.labelled ? [x, labels] : x;
    for (const training of [false, true]) {
      tf.tidy(() => {
        const [before, after] = [network, loaded].map(
          (one) => (one.apply(inputs, { training }) as tf.Tensor).dataSync() as Float32Array,
        );
        expect(before.every(Number.isFinite)).toBe(true);
        expect(after).toEqual(before);
      });
    }
    tf.dispose([x, labels]);
    loaded.dispose();
    network.dispose();
  });
});

describeOnTargets('every layer trains compiled as it trains eagerly', (target) => {
  it.each(cases)('$what', async (subject) => {
    const network = critic(subject);
    const { labelled = false } = subject;
    await expectLikeEager({
      target,
      fn: ({ x, labels }) => {
        const f = logits(network, labelled, labels);
        const loss = (): tf.Tensor => tf.add(tf.mean(tf.softplus(f(x))), gradientPenalty(f, x));
        return { loss: descend(loss, trainable(network)) };
      },
      inputs: { x: { shape: [batch, ...sampleShape] }, labels: { shape: [batch, 1] } },
      feeds,
      variables: allWeights(network),
      calls: 2,
      tolerance: 2e-5,
    });
    network.dispose();
  });
});
