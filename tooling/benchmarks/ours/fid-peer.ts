/** Features of CIFAR-10 and their Fréchet distance: `metrics/fid_peer.py` in TypeScript. */
import '@tensorflow/tfjs-backend-cpu';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cifar10 } from '@dist-gan/datasets';
import { frechetDistance } from '@dist-gan/metrics';
import { extractDataset } from '@dist-gan/metrics/features';
import { inceptionExtractor } from '@dist-gan/metrics/inception';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    count: { type: 'string', default: '5000' },
    threads: { type: 'string', default: '2' },
    layers: { type: 'string', default: '64,192,768' },
    output: { type: 'string' },
  },
});
const folder = values.data!;
const indices = Uint32Array.from({ length: Number(values.count) }, (_, i) => i);
const train = await cifar10({ split: 'train', batches: [1] }, { dataFolder: folder });
const test = await cifar10({ split: 'test' }, { dataFolder: folder });

const frechet: Record<string, number> = {};
const imagesPerSecond: Record<string, number> = {};
const meanFeature: Record<string, number> = {};
const firstFeatures: Record<string, number[]> = {};
for (const layer of values.layers.split(',') as ('64' | '192' | '768')[]) {
  const extractor = await inceptionExtractor({
    layer,
    weights: join(folder, 'inception-2015-12-05-to-mixed_7'),
    threads: Number(values.threads),
  });
  const start = performance.now();
  const real = await extractDataset(extractor, train, { indices });
  const generated = await extractDataset(extractor, test, { indices });
  imagesPerSecond[layer] = (2000 * indices.length) / (performance.now() - start);
  await extractor.dispose();
  frechet[layer] = (await frechetDistance({ real, generated })).value;
  meanFeature[layer] = Array.from(real.data).reduce((sum, value) => sum + value, 0) / real.data.length;
  firstFeatures[layer] = [...real.data.subarray(0, 8)];
}
const result = { count: indices.length, imagesPerSecond, frechet, firstFeatures, meanFeature };
writeFileSync(values.output!, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result));
