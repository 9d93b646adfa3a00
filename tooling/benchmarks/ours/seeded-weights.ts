import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { Networks } from '../../../packages/trainer/src/networks/build-networks.js';
import type { Weights } from './step.js';
import { initialWeight, type Workload } from './workloads.js';

/** Gives all weights and moving averages their seeded values; by the names that all rows use. */
export function seededWeights(networks: Networks, { step }: Workload): Weights {
  const weights: Weights = {};
  for (const [role, network] of Object.entries(networks)) {
    const withWeights = network.layers.filter((layer) => layer.weights.length > 0);
    const critic = step === 'resnet-critic';
    const names = critic ? criticNames(withWeights) : plainNames(withWeights, step);
    withWeights.forEach((layer, index) => {
      for (const weight of layer.weights) {
        const leaf = weight.originalName.split('/').at(-1)!;
        const name = `${critic ? 'critic' : role}/${names[index]}/${sharedLeaves[leaf] ?? leaf}`;
        const variable = weight.read() as tf.Variable;
        tf.tidy(() => variable.assign(tf.tensor(initialWeight(name, variable.shape), variable.shape)));
        weights[name] = variable;
      }
    });
  }
  return weights;
}

const sharedLeaves: Readonly<Record<string, string>> = {
  gamma: 'scale',
  beta: 'offset',
  moving_mean: 'movingMean',
  moving_variance: 'movingVariance',
};

/** The names of layers that follow one another: their kind and, where a network has several of it, their place. */
function plainNames(ofNetwork: readonly layers.Layer[], step: Workload['step']): string[] {
  let position = -1;
  return ofNetwork.map((layer) => {
    const kind = layer.getClassName();
    // A batch norm has the number of the layer before it.
    if (kind !== 'BatchNormalization') position++;
    const names: Record<string, string> = {
      Dense: step === 'mlp' ? `dense${position}` : 'dense',
      Conv2D: `convolution${position}`,
      Conv2DTranspose: `deconvolution${position}`,
      BatchNormalization: `norm${position}`,
    };
    return names[kind];
  });
}

/** The convolutions of the ResNet discriminator, in the order in which it makes and numbers them. */
const criticConvolutions = [
  ...['convolution1', 'convolution2', 'down', 'shortcutDown', 'shortcut'].map((name) => `block0/${name}`),
  ...['convolution1', 'convolution2', 'shortcut', 'shortcutDown', 'down'].map((name) => `block1/${name}`),
  ...['block2/convolution1', 'block2/convolution2', 'block3/convolution1', 'block3/convolution2'],
];

function criticNames(ofNetwork: readonly layers.Layer[]): string[] {
  return ofNetwork.map((layer) =>
    layer.getClassName() === 'Dense' ? 'dense' : criticConvolutions[Number(layer.name.split('-').at(-1)) - 1],
  );
}
