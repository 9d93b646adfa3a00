import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { mlp, mnistClassifier } from '../../packages/architectures/src/index.js';
import { findClassifier, saveClassifier } from '../../packages/cli/src/classifier/classifier-folder.js';
import { exportOnnx } from '../../packages/compiler/src/index.js';
import { RandomStream, toJson } from '../../packages/core/src/index.js';
import { imagesAsTheyAre } from '../../packages/metrics/src/extractors/images/preparation.js';
import { inceptionConvolutions } from '../../packages/metrics/src/extractors/inception/network.js';
import { readPartFolder } from '../../packages/metrics/src/extractors/inception/weights/part-folder.js';
import { onnxExtractor } from '../../packages/metrics/src/extractors/onnx-extractor.js';
import { loadNetwork, saveNetwork } from '../../packages/runs/src/networks/saved-network.js';
import { attack } from './attack.js';
import { altered } from './damage.js';
import { asFile, scratch, text } from './scratch.js';

const random = RandomStream.fromSeed(1);
const folderOf = (name: string) => {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  return path;
};

const generator = mlp({ hiddenUnits: [3] }).build(
  'generator',
  { sampleShape: [2], latentDimension: 2 },
  random,
);
const generatorFolder = folderOf('generator');
await saveNetwork(generatorFolder, generator);

const classifierFolder = folderOf('classifier');
await saveClassifier(classifierFolder, mnistClassifier(random, { width: 1 }), {
  ...{ id: 'mnist', accuracy: 0.99, testImages: 100, epochs: 1, seed: 1, seconds: 1 },
  trainedAt: '2026-01-01T00:00:00Z',
});

const read = (folder: string, file: string) => new Uint8Array(readFileSync(join(folder, file)));

/** Inception to layer 768, all of zeros: filters of the same size share a file. */
function partManifest(folder: string): Uint8Array {
  const file = (extent: number) => {
    const bytes = new Uint8Array(4 * extent);
    asFile(join(folder, `${extent}.bin`), bytes);
    return { file: `${extent}.bin`, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  const layers = inceptionConvolutions('768').map(({ name, filterShape, outputs }) => {
    const [height, width, inputs] = filterShape;
    return {
      name: name.replaceAll('/', '_'),
      weights_shape_OHWI: [outputs, height, width, inputs],
      weights: file(outputs * height * width * inputs),
      bias: file(outputs),
    };
  });
  return text(toJson({ layers }));
}

folderOf('part');

attack({
  'model.json': {
    whole: read(generatorFolder, 'model.json'),
    damage: altered,
    async read(bytes) {
      asFile('generator/model.json', bytes);
      (await loadNetwork(generatorFolder)).dispose();
    },
  },
  'classifier.json': {
    whole: read(classifierFolder, 'classifier.json'),
    damage: altered,
    async read(bytes) {
      asFile('classifier/classifier.json', bytes);
      await (await findClassifier(classifierFolder))?.dispose();
    },
    every: 20,
  },
  "the manifest of Inception's weights": {
    whole: partManifest('part'),
    damage: altered,
    async read(bytes) {
      asFile('part/manifest.json', bytes);
      await readPartFolder(join(scratch, 'part'));
    },
    every: 20,
  },
  onnx: {
    whole: exportOnnx(mnistClassifier(random, { width: 1 })),
    async read(bytes) {
      const preparation = imagesAsTheyAre({ scaling: 'unit' });
      const extractor = await onnxExtractor({ id: 'x', model: bytes, preparation, threads: 1 });
      try {
        await extractor.extract({ data: new Uint8Array(784).fill(9), count: 1, sampleShape: [28, 28, 1] });
      } finally {
        await extractor.dispose();
      }
    },
    every: 5,
  },
});
