/** Images per second of the compiled Inception-v3: `metrics/inception_speed.py` in TypeScript. */
import '@tensorflow/tfjs-backend-cpu';
import { parseArgs } from 'node:util';
import { inceptionExtractor } from '@dist-gan/metrics/inception';
import { seededInceptionWeights } from './seeded-inception-weights.js';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '8' },
    threads: { type: 'string', default: '2' },
  },
});
const batch = Number(values.batch);
const extractor = await inceptionExtractor({
  weights: seededInceptionWeights(),
  batchSize: batch,
  threads: Number(values.threads),
});
const length = 299 * 299 * 3;
const images = {
  data: Uint8Array.from({ length: batch * length }, (_, i) => (i * 2654435761) >>> 24),
  count: batch,
  sampleShape: [299, 299, 3],
};
await extractor.extract(images);
const rates: number[] = [];
const start = performance.now();
while (performance.now() - start < 1000 * Number(values.seconds) || rates.length < 3) {
  const before = performance.now();
  await extractor.extract(images);
  rates.push((1000 * batch) / (performance.now() - before));
}
await extractor.dispose();
rates.sort((a, b) => a - b);
console.log(JSON.stringify({ batch, median: rates[Math.floor(rates.length / 2)], best: rates.at(-1) }));
