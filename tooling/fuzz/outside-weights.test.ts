import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { loadWeights, snganCnn, type WeightMapping } from '../../packages/architectures/src/index.js';
import { fromJson, RandomStream, readSafetensors, toJson } from '../../packages/core/src/index.js';
import { attack } from './attack.js';
import { altered } from './damage.js';
import { text } from './scratch.js';

const file = 'standard-cnn.safetensors';
const weights = readFileSync(new URL(`../../packages/architectures/test/outside/${file}`, import.meta.url));
const { tensors } = readSafetensors(weights, file);
const mapping: WeightMapping = {
  layout: 'pytorch',
  epsilon: 1e-3,
  layers: {
    'dense-1': { from: 'project', outputs: [16, 2, 2] },
    'batch-norm-1': { from: 'project_norm', outputs: [16, 2, 2], precedingBias: 'project.bias' },
    'transposed-convolution-1': 'up.0',
    'transposed-convolution-2': 'up.1',
    'transposed-convolution-3': 'up.2',
    'batch-norm-2': { from: 'norms.0', precedingBias: 'up.0.bias' },
    'batch-norm-3': { from: 'norms.1', precedingBias: 'up.1.bias' },
    'batch-norm-4': { from: 'norms.2', precedingBias: 'up.2.bias' },
    'convolution-1': 'to_image',
  },
  ignore: ['discriminator.'],
};
const network = snganCnn({ form: 'sn-gan', width: 2 }).build(
  'generator',
  { sampleShape: [16, 16, 3], latentDimension: 4 },
  RandomStream.fromSeed(1),
);

attack({
  'a mapping of weights from outside': {
    whole: text(toJson(mapping)),
    damage: altered,
    read(bytes) {
      let given: unknown;
      try {
        given = fromJson(new TextDecoder().decode(bytes));
      } catch {
        // The command line says so.
        return;
      }
      loadWeights(network, tensors, given as WeightMapping);
    },
    every: 3,
  },
  'weights from outside': {
    whole: weights,
    read: (bytes) => loadWeights(network, readSafetensors(bytes, file).tensors, mapping, file),
    every: 3,
  },
});
