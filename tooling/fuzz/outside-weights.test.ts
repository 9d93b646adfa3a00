import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { loadWeights, snganCnn, type WeightMapping } from '../../packages/architectures/src/index.js';
import { fromJson, RandomStream, readSafetensors, toJson } from '../../packages/core/src/index.js';
import { attack } from './attack.js';
import { altered } from './damage.js';
import { text } from './scratch.js';

const file = 'standard-cnn.safetensors';
const fixtures = new URL('../fixtures/outside/', import.meta.url);
const weights = readFileSync(new URL(file, fixtures));
const { tensors } = readSafetensors(weights, file);
const mapping: WeightMapping = {
  ...(JSON.parse(readFileSync(new URL('standard-cnn.mapping.json', fixtures), 'utf8')) as WeightMapping),
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
