/** The gradient penalty of every discriminator, differentiated: what a penalty trains with. */
import { RandomStream } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, it } from 'vitest';
import { applyNetwork, gradientPenalty, trainable } from '../test/critic.js';
import { expectRightGradient } from '../test/finite-differences.js';
import { otherForms, type NamedArchitecture } from '../test/other-forms.js';
import { architectures } from './architectures.js';
import { mlp } from './mlp/mlp.js';
import { tinyArchitecture, type ArchitectureId } from './tiny-architecture.js';

beforeAll(() => void installSecondOrderGradients());
afterAll(() => void uninstallSecondOrderGradients());

const batchSize = 4;
const plane = tinyArchitecture('mlp').shape;

const cases: NamedArchitecture[] = [
  ...(Object.keys(architectures) as ArchitectureId[])
    .map((id) => ({ what: id, ...tinyArchitecture(id) }))
    .filter(({ architecture }) => architecture.kinds.includes('discriminator')),
  {
    what: 'mlp, leaky-relu',
    architecture: mlp({ hiddenUnits: [8], activation: 'leaky-relu' }),
    shape: plane,
  },
  { what: 'mlp, tanh', architecture: mlp({ hiddenUnits: [8, 8], activation: 'tanh' }), shape: plane },
  ...otherForms,
];

it.each(cases)('$what', ({ architecture, shape, calls = 0 }) => {
  const network = architecture.build('discriminator', shape, RandomStream.fromSeed(2));
  const count = shape.sampleShape.reduce((product, length) => product * length, batchSize);
  const samples = tf.tensor(RandomStream.fromSeed(3).uniform(count), [batchSize, ...shape.sampleShape]);
  tf.tidy(() => {
    for (let i = 0; i < calls; i++) applyNetwork(network, samples);
  });
  const penalty = () => gradientPenalty((x) => applyNetwork(network, x), samples);
  expectRightGradient(penalty, trainable(network));
  samples.dispose();
  network.dispose();
});
