/**
 * How many samples of a run with classes on MNIST the project's classifier takes for the digit that was asked for, in all and of each digit.
 *
 *     dist-gan sample <run> --count 1000 --out digits.npz
 *     node tooling/reproduction/digits-as-asked.mjs digits.npz
 *
 * Such a file has the ten digits in turn. Needs a built clone and the classifier (`dist-gan train-classifier mnist`).
 */
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerCustomObjects } from '@dist-gan/architectures';
import { cacheFolder } from '@dist-gan/core';
import { readNpz } from '@dist-gan/datasets/files';
import { loadNetwork } from '@dist-gan/runs';
import * as tf from '@tensorflow/tfjs-core';

const classes = 10;
const [file] = process.argv.slice(2);
await tf.setBackend('cpu');
registerCustomObjects();
const classifier = await loadNetwork(join(cacheFolder(), 'classifiers/mnist'));
const { data, shape } = (await readNpz(readFileSync(file), file)).arrays.get('samples');
const found = tf.tidy(() =>
  tf.argMax(classifier.predict(tf.tensor(Float32Array.from(data), shape), { batchSize: 100 }), 1).dataSync(),
);
const right = new Array(classes).fill(0);
found.forEach((digit, i) => {
  if (digit === i % classes) right[digit]++;
});
const each = found.length / classes;
const share = right.reduce((sum, count) => sum + count, 0) / found.length;
console.log(`${(100 * share).toFixed(1)} % of ${found.length}`);
for (const [digit, count] of right.entries()) console.log(`${digit}: ${((100 * count) / each).toFixed(0)} %`);
