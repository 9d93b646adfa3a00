/** Features of CIFAR-10 and their Fréchet distances: `metrics/fid_peer.py` in TypeScript. */
import '@tensorflow/tfjs-backend-cpu';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Dataset } from '@dist-gan/core';
import { cifar10 } from '@dist-gan/datasets';
import { frechetDistance } from '@dist-gan/metrics';
import { extractDataset, type FeatureExtractor } from '@dist-gan/metrics/extractors';
import { publishedPreparations, resizedImages } from '@dist-gan/metrics/images';
import { inceptionV3, readInceptionWeights } from '@dist-gan/metrics/inception';
import { layersModelExtractor } from '@dist-gan/metrics/layers-model';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    count: { type: 'string', default: '5000' },
    threads: { type: 'string', default: '2' },
    output: { type: 'string' },
    keep: { type: 'string' },
  },
});
const [folder, kept, count] = [values.data!, values.keep!, Number(values.count)];
/** Where the features of a layer lie among those of one image. */
const places = { '64': [0, 64], '192': [64, 256], '768': [256, 1024] } as const;
const dimension = 1024;
/** Images between two writes to the file that a stopped run goes on from. */
const piece = 250;

/** The three layers out of one pass: the extractor of each layer is a part of this network. */
async function threeLayers(): Promise<FeatureExtractor> {
  const weights = await readInceptionWeights(join(folder, 'inception-2015-12-05-to-mixed_7'));
  const whole = inceptionV3(weights, '768');
  const [first, second] = whole.layers.filter((layer) => layer.getClassName() === 'MaxPooling2D');
  const means = [first, second].map(
    (layer) => layers.globalAveragePooling2d({}).apply(layer.output) as SymbolicTensor,
  );
  const outputs = layers.concatenate().apply([...means, whole.outputs[0]]) as SymbolicTensor;
  return layersModelExtractor({
    id: 'inception-v3-fid',
    layer: '64, 192, 768',
    model: model({ inputs: whole.inputs, outputs }),
    preparation: resizedImages(publishedPreparations['torch-fidelity']),
    threads: Number(values.threads),
  });
}

async function featuresOf(name: string, dataset: Dataset): Promise<Float32Array> {
  mkdirSync(kept, { recursive: true });
  const file = join(kept, `dist-gan-${name}.f32`);
  const done = existsSync(file) ? statSync(file).size / (4 * dimension) : 0;
  if (done < count) {
    const extractor = await threeLayers();
    for (let start = done; start < count; start += piece) {
      const indices = Uint32Array.from({ length: Math.min(piece, count - start) }, (_, i) => start + i);
      const { data } = await extractDataset(extractor, dataset, { indices });
      appendFileSync(file, new Uint8Array(Float32Array.from(data).buffer));
      console.error(`dist-gan ${name} ${start + indices.length}`);
    }
    await extractor.dispose();
  }
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, count * dimension);
}

function layerOf(features: Float32Array, [from, to]: readonly [number, number]) {
  const data = new Float32Array(count * (to - from));
  for (let row = 0; row < count; row++)
    data.set(features.subarray(row * dimension + from, row * dimension + to), row * (to - from));
  return { data, dimension: to - from };
}

const train = await featuresOf(
  'real',
  await cifar10({ split: 'train', batches: [1] }, { dataFolder: folder }),
);
const test = await featuresOf('generated', await cifar10({ split: 'test' }, { dataFolder: folder }));
const frechet: Record<string, number> = {};
const firstFeatures: Record<string, number[]> = {};
for (const [layer, place] of Object.entries(places)) {
  const sets = { real: layerOf(train, place), generated: layerOf(test, place) };
  frechet[layer] = (await frechetDistance(sets)).value;
  firstFeatures[layer] = [...sets.real.data.subarray(0, 8)];
}
const result = { count, frechet, firstFeatures };
writeFileSync(values.output!, `${JSON.stringify(result, null, 2)}\n`);
