/** The gradient penalty of every discriminator, differentiated: what a penalty trains with. */
import { RandomStream } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, it } from 'vitest';
import { applyInTraining, gradientPenalty, trainable } from '../test/critic.js';
import { expectRightGradient } from '../test/finite-differences.js';
import { architectures } from './architectures.js';
import { cifarDcgan } from './dcgan/cifar-dcgan.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';
import { resnet } from './resnet/resnet.js';
import { snganCnn } from './sngan-cnn/sngan-cnn.js';
import { stackedMnist } from './stacked-mnist/stacked-mnist.js';
import { tinyArchitecture, type ArchitectureId, type TinyArchitecture } from './tiny-architecture.js';

beforeAll(() => void installSecondOrderGradients());
afterAll(() => void uninstallSecondOrderGradients());

const batchSize = 4;
const plane = tinyArchitecture('mlp').shape;

interface Case extends TinyArchitecture {
  readonly what: string;
  /** Calls in training mode beforehand, until power iterations have converged: on the way, the penalty changes by itself. */
  readonly calls?: number;
}

const cases: Case[] = [
  ...(Object.keys(architectures) as ArchitectureId[])
    .map((id) => ({ what: id, ...tinyArchitecture(id) }))
    .filter(({ architecture }) => architecture.kinds.includes('discriminator')),
  {
    what: 'mlp, leaky-relu',
    architecture: mlp({ hiddenUnits: [8], activation: 'leaky-relu' }),
    shape: plane,
  },
  { what: 'mlp, tanh', architecture: mlp({ hiddenUnits: [8, 8], activation: 'tanh' }), shape: plane },
  {
    what: 'mnist-dcgan, GAAN',
    architecture: mnistDcgan({ form: 'gaan', width: 1 }),
    shape: tinyArchitecture('mnist-dcgan').shape,
  },
  {
    what: 'cifar-dcgan, 2018',
    architecture: cifarDcgan({ form: '2018', width: 1 }),
    shape: tinyArchitecture('celeba-dcgan').shape,
  },
  {
    what: 'stacked-mnist, unrolled-paper',
    architecture: stackedMnist({ form: 'unrolled-paper', width: 8 }),
    shape: tinyArchitecture('stacked-mnist').shape,
  },
  {
    what: 'sngan-cnn, SN-GAN',
    architecture: snganCnn({ form: 'sn-gan', width: 2 }),
    calls: 200,
    shape: tinyArchitecture('sngan-cnn').shape,
  },
  {
    what: 'resnet, v1',
    architecture: resnet({ form: 'v1', width: 2 }),
    shape: tinyArchitecture('resnet').shape,
  },
];

it.each(cases)('$what', ({ architecture, shape, calls = 0 }) => {
  const network = architecture.build('discriminator', shape, RandomStream.fromSeed(2));
  const count = shape.sampleShape.reduce((product, length) => product * length, batchSize);
  const samples = tf.tensor(RandomStream.fromSeed(3).uniform(count), [batchSize, ...shape.sampleShape]);
  tf.tidy(() => {
    for (let i = 0; i < calls; i++) applyInTraining(network, samples);
  });
  const penalty = () => gradientPenalty((x) => applyInTraining(network, x), samples);
  expectRightGradient(penalty, trainable(network));
  samples.dispose();
  network.dispose();
});
