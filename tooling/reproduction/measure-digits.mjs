/**
 * Measures 2000 generated digits of each of several runs by one protocol: how many of the ten digits there are, KL of their labels
 * from those of the training digits, and Fréchet distance, precision and recall against the first 2000 test digits, in the hidden layer of the project's
 * classifier of digits (256 ReLU units; `dist-gan train-classifier mnist`). Beside them the first 2000 training digits, as what is possible.
 *
 *     node tooling/reproduction/measure-digits.mjs <name>=<samples.npz>[,<samples.npz>...] ...
 *
 * Several files of one name are runs with several seeds. Needs a built clone, MNIST's files (DIST_GAN_DATA) and the classifier. Writes
 * docs/reproduction/results/measured-digits.json, where what is not named stays as it was if the classifier is the same, a picture of the first
 * digits of each name beside it in images/, and a Markdown table on standard output.
 */
import '@tensorflow/tfjs-backend-cpu';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registerCustomObjects } from '@dist-gan/architectures';
import { compile } from '@dist-gan/compiler';
import { cacheFolder } from '@dist-gan/core';
import { mnist } from '@dist-gan/datasets';
import { readNpz } from '@dist-gan/datasets/files';
import { frechetDistance, precisionRecall } from '@dist-gan/metrics';
import { loadNetwork } from '@dist-gan/runs';
import * as tf from '@tensorflow/tfjs-core';
import { model } from '@tensorflow/tfjs-layers';
import sharp from 'sharp';

const docs = fileURLToPath(new URL('../../docs/reproduction/', import.meta.url));
const [count, pixels, batch] = [2000, 784, 250];

await tf.setBackend('cpu');
registerCustomObjects();
const place = join(cacheFolder(), 'classifiers/mnist');
const classifier = await loadNetwork(place);
const { accuracy } = JSON.parse(readFileSync(join(place, 'classifier.json'), 'utf8'));
const hidden = classifier.layers.at(-2).output;
const network = model({ inputs: classifier.inputs, outputs: [classifier.outputs[0], hidden] });
const program = await compile(
  ({ x }) => {
    const [logits, features] = network.apply(x, { training: false });
    return { logits, features };
  },
  { target: 'onnx', inputs: { x: { shape: [batch, 28, 28, 1] } }, threads: 1 },
);

/** Labels, and what the hidden layer says. */
async function look(data) {
  const labels = [];
  const parts = [];
  for (let first = 0; first < count; first += batch) {
    const { logits, features } = await program.run({
      x: data.slice(first * pixels, (first + batch) * pixels),
    });
    for (let i = 0; i < batch; i++) {
      const row = logits.data.subarray(10 * i, 10 * i + 10);
      labels.push(row.indexOf(Math.max(...row)));
    }
    parts.push(Float32Array.from(features.data));
  }
  const dimension = parts[0].length / batch;
  const all = new Float32Array(count * dimension);
  parts.forEach((part, i) => all.set(part, i * part.length));
  return { labels, features: { data: all, dimension } };
}

async function digits(dataset) {
  const bytes = await dataset.batch(Uint32Array.from({ length: count }, (_, i) => i));
  return bytes instanceof Float32Array ? bytes : Float32Array.from(bytes, (byte) => byte / 255);
}

const folder = process.env.DIST_GAN_DATA;
const [train, test] = [
  await mnist({ split: 'train' }, { folder }),
  await mnist({ split: 'test' }, { folder }),
];
const reference = new Array(10).fill(0);
for (const label of train.labels) reference[label] += 1 / train.size;
const real = await look(await digits(test));

async function measure(data) {
  const { labels, features } = await look(data);
  const shares = new Array(10).fill(0);
  for (const label of labels) shares[label] += 1 / count;
  const [precision, recall] = await precisionRecall({ real: real.features, generated: features });
  return {
    digits: shares.filter((share) => share >= 0.01).length,
    labelKl: shares.reduce((sum, p, k) => sum + (p > 0 ? p * Math.log(p / reference[k]) : 0), 0),
    frechetDistance: (await frechetDistance({ real: real.features, generated: features })).value,
    precision: precision.value,
    recall: recall.value,
  };
}

async function draw(data, name) {
  const [columns, rows] = [16, 6];
  const image = Buffer.alloc(columns * rows * pixels);
  for (let i = 0; i < columns * rows * pixels; i++) {
    const [y, x] = [Math.floor(i / (28 * columns)), i % (28 * columns)];
    const digit = Math.floor(y / 28) * columns + Math.floor(x / 28);
    image[i] = Math.round(255 * Math.min(1, Math.max(0, data[digit * pixels + (y % 28) * 28 + (x % 28)])));
  }
  const raw = { width: 28 * columns, height: 28 * rows, channels: 1 };
  await sharp(image, { raw }).webp({ quality: 80 }).toFile(`${docs}images/digits-${name}.webp`);
}

const target = `${docs}results/measured-digits.json`;
const protocol = { count, against: 'the first 2000 test digits', accuracy };
const earlier = existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : undefined;
const isSame = JSON.stringify(earlier?.protocol) === JSON.stringify(protocol);
/** By name: the numbers of each run. */
const measured = isSame ? earlier.measured : {};
measured['training digits'] = [await measure(await digits(train))];
for (const word of process.argv.slice(2)) {
  const [name, files] = word.split('=');
  measured[name] = [];
  for (const file of files.split(',')) {
    const { arrays } = await readNpz(readFileSync(file), file);
    const { data: numbers, shape } = arrays.get('samples');
    const data = Float32Array.from(numbers);
    if (shape[0] < count) throw new RangeError(`${file} holds ${shape[0]} samples, wanted ${count}`);
    if (measured[name].length === 0) await draw(data, name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
    measured[name].push(await measure(data));
  }
}
program.dispose();
writeFileSync(target, `${JSON.stringify({ protocol, measured }, null, 2)}\n`);

/** The mean over runs, and each of them. */
function cell(values, places) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const each = values.length > 1 ? ` (${values.map((value) => value.toFixed(places)).join(', ')})` : '';
  return `${mean.toFixed(places)}${each}`;
}
console.log(
  '| | digits | label KL | Fréchet distance | precision | recall |\n| --- | --- | --- | --- | --- | --- |',
);
for (const [name, runs] of Object.entries(measured)) {
  const of = (id, places) =>
    cell(
      runs.map((run) => run[id]),
      places,
    );
  const cells = [of('digits', 0), of('labelKl', 3), of('frechetDistance', 1), of('precision', 3)];
  console.log(`| ${[name, ...cells, of('recall', 3)].join(' | ')} |`);
}
