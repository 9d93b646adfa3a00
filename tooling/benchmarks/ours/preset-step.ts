import * as tf from '@tensorflow/tfjs-core';
import { cifarDcgan, snganCnn } from '@dist-gan/architectures';
import { RandomStream, type Architecture, type Method, type Preset } from '@dist-gan/core';
import { distGan } from '@dist-gan/methods';
import { presets } from '@dist-gan/presets';
// The step that `fit` runs. The package exports only `fit`, which draws weights and batches itself; here they must be
// those that the peers have.
import { inputLayout, type InputLayout } from '../../../packages/trainer/src/inputs/input-layout.js';
import {
  buildNetworks,
  disposeNetworks,
  type Networks,
} from '../../../packages/trainer/src/networks/build-networks.js';
import { updateRule } from '../../../packages/trainer/src/optimizers/update-rule.js';
import { createTrainingState } from '../../../packages/trainer/src/step/training-state.js';
import { createTrainingStep } from '../../../packages/trainer/src/step/training-step.js';
import type { Step, Weights } from './step.js';
import { batchOf, initialWeight, type Arrays, type PresetWorkload } from './workloads.js';

/** The training step of a preset as the trainer makes it, from seeded weights. */
export function createPresetStep(workload: PresetWorkload): Step {
  const { batch, width, imageSize, channels, latentSize } = workload;
  const preset = presets[workload.preset];
  const method = distGan(preset.method.options);
  const shape = { sampleShape: [imageSize, imageSize, channels], latentDimension: latentSize };
  const networks = buildNetworks(method, architectureOf(preset, width), shape, RandomStream.fromSeed(0));
  const weights = seededWeights(networks);
  const state = createTrainingState(method, networks);
  const layout = inputLayout(method, { batchSize: batch, ...shape });
  const step = createTrainingStep(method, state, layout);
  return {
    inputs: Object.fromEntries(Object.entries(layout.shapes).map(([feed, shape]) => [feed, [...shape]])),
    weights,
    batchOf: (index) => ({
      ...stacked(batchOf(workload, index), method, layout),
      rate: Float32Array.from(method.phases, ({ optimizer }) =>
        updateRule(optimizer).rate(optimizer.learningRate, index + 1),
      ),
    }),
    run: (inputs) =>
      // The peers give each phase's total under the name of the phase.
      Object.fromEntries(
        Object.entries(step(inputs).losses).map(([name, loss]) => [name.replace('/total', ''), loss]),
      ),
    dispose() {
      state.dispose();
      disposeNetworks(networks);
    },
  };
}

/** The preset's architecture, at another width where one is given. */
export function architectureOf({ architecture: { id, options } }: Preset, width?: number): Architecture {
  const make: (options: object) => Architecture = id === 'cifar-dcgan' ? cifarDcgan : snganCnn;
  return make({ ...options, width });
}

const sharedLeaves: Readonly<Record<string, string>> = {
  gamma: 'scale',
  beta: 'offset',
  moving_mean: 'movingMean',
  moving_variance: 'movingVariance',
};

/** Gives all weights and moving averages their seeded values; by the names that all rows use. */
function seededWeights(networks: Networks): Weights {
  const weights: Weights = {};
  for (const [role, network] of Object.entries(networks)) {
    let position = -1;
    for (const layer of network.layers) {
      if (layer.weights.length === 0) continue;
      const kind = layer.getClassName();
      // A batch norm has the number of the layer before it.
      if (kind !== 'BatchNormalization') position++;
      const names: Record<string, string> = {
        Dense: 'dense',
        Conv2D: `convolution${position}`,
        Conv2DTranspose: `deconvolution${position}`,
        BatchNormalization: `norm${position}`,
      };
      for (const weight of layer.weights) {
        const leaf = weight.originalName.split('/').at(-1)!;
        const name = `${role}/${names[kind]}/${sharedLeaves[leaf] ?? leaf}`;
        const variable = weight.read() as tf.Variable;
        tf.tidy(() => variable.assign(tf.tensor(initialWeight(name, variable.shape), variable.shape)));
        weights[name] = variable;
      }
    }
  }
  return weights;
}

const sharedInputs: Readonly<Record<string, string>> = {
  'reconstruction/real': 'reconstructionReal',
  'reconstruction/latents': 'reconstructionLatents',
  'discriminator/real': 'discriminatorReal0',
  'discriminator/latents': 'discriminatorLatents0',
  'discriminator/coefficients': 'discriminatorInterpolation0',
  'generator/real': 'generatorReal',
  'generator/latents': 'generatorLatents',
};

/** The draws of all phases, each of which runs once, where the trainer's step looks for them. */
function stacked(drawn: Arrays, method: Method, layout: InputLayout): Arrays {
  const feeds: Arrays = {};
  for (const phase of method.phases)
    for (const [input, { feed, row }] of Object.entries(layout.places(phase, 0))) {
      const values = drawn[sharedInputs[`${phase.name}/${input}`]];
      feeds[feed] ??= new Float32Array(layout.shapes[feed].reduce((product, size) => product * size, 1));
      feeds[feed].set(values, row * values.length);
    }
  return feeds;
}
