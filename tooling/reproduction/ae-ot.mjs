/**
 * AE-OT for real: trains it in its stages on MNIST or on 25 Gaussians, draws samples with the singular-set test and
 * without, and measures them. A second call goes on where the first one ended (runs/ae-ot/<name>-seed<seed>).
 *
 *     node tooling/reproduction/ae-ot.mjs mnist|25-gaussians [--seed 1] [--steps n] [--refine n] [--codes n]
 *
 * Needs a built clone, and for MNIST its files (DIST_GAN_DATA).
 */
import '@tensorflow/tfjs-backend-cpu';
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mlp } from '@dist-gan/architectures';
import { RandomStream } from '@dist-gan/core';
import { gaussianGrid, mnist } from '@dist-gan/datasets';
import { aeOt } from '@dist-gan/methods';
import { stageFolder } from '@dist-gan/runs';
import { runRecipe } from '@dist-gan/trainer';
import { compiledEngine, locateSamples } from '@dist-gan/transport';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';

const root = process.env.DIST_GAN_ROOT ?? fileURLToPath(new URL('../..', import.meta.url));
const docs = `${root}/docs/reproduction/`;
const number = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: number, steps: number, refine: number, codes: number },
});
const name = positionals[0];
if (!['mnist', '25-gaussians'].includes(name)) {
  console.error('error: name a data set: node tooling/reproduction/ae-ot.mjs mnist, or 25-gaussians');
  process.exit(2);
}
const seed = Number(values.seed ?? 1);
const given = (key, otherwise) => Number(values[key] ?? otherwise);

await tf.setBackend('cpu');
const setups = {
  mnist: async () => ({
    dataset: await mnist({ split: 'train' }, { folder: process.env.DIST_GAN_DATA }),
    architecture: mlp({ hiddenUnits: [256, 128] }),
    latentDimension: 16,
    batchSize: 128,
    options: {
      steps: given('steps', 2000),
      refineSteps: given('refine', 500),
      codes: given('codes', 10_000),
      threshold: 0.5,
      maximumSamples: 2 ** 17,
    },
  }),
  '25-gaussians': async () => ({
    dataset: gaussianGrid({}),
    architecture: mlp(),
    latentDimension: 2,
    batchSize: 128,
    options: {
      steps: given('steps', 6000),
      refineSteps: given('refine', 2000),
      codes: given('codes', 1000),
      learningRate: 2e-3,
      threshold: 0.3,
    },
  }),
};
const { options, ...setup } = await setups[name]();
const recipe = aeOt(options);
const memory = {};
let stage = recipe.stages[0].name;
const watch = setInterval(() => {
  memory[stage] = Math.max(memory[stage] ?? 0, process.memoryUsage().rss / 2 ** 20);
}, 500);
let told = 0;
const tell = (what, report) => {
  stage = what;
  if (performance.now() - told < 5000) return;
  told = performance.now();
  console.error(what, JSON.stringify(report));
};
let transport;
const run = await runRecipe({
  recipe,
  ...setup,
  seed,
  compiler: { target: 'onnx', threads: 2 },
  store: stageFolder(`${root}/runs/ae-ot/${name}-seed${seed}`),
  callbacks: {
    onStep: (what, { step, losses }) => tell(what, { step, ...losses }),
    onReport: (what, report) => {
      if (what === 'transport') transport = report;
      tell(what, report);
    },
    onStage: ({ name: what, outcome, seconds }) =>
      console.error(`${what}: ${outcome}, ${seconds.toFixed(1)} s`),
  },
});
clearInterval(watch);

const count = 2000;
const drawn = {};
for (const [what, threshold] of [
  ['with', options.threshold],
  ['without', Math.PI],
]) {
  const started = performance.now();
  const latents = await aeOt({ ...options, threshold }).latents(
    run.tensors,
    count,
    RandomStream.fromSeed(seed).derive('samples'),
  );
  const { data } = await run.generate(latents);
  drawn[what] = { data, seconds: (performance.now() - started) / 1000 };
}
const measured = name === 'mnist' ? await measureDigits(drawn) : measurePoints(drawn);
const result = {
  command: `node tooling/reproduction/ae-ot.mjs ${process.argv.slice(2).join(' ')}`.trim(),
  machine: `${cpus()[0].model}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`,
  seed,
  options: recipe.options,
  codes: run.tensors.codes.shape,
  stages: run.stages.map(({ name: what, seconds }) => ({ name: what, seconds, megabytes: memory[what] })),
  transport,
  measured,
};
writeFileSync(`${docs}results/ae-ot-${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));

/** Share of each label, by the nearest of 10,000 training digits in pixels; and how often that is right on test digits. */
async function measureDigits(batches) {
  const known = Uint32Array.from({ length: 10_000 }, (_, i) => i);
  const points = await pixels(setup.dataset, known);
  // The nearest point is the highest plane <x, y> - |y|^2 / 2.
  const heights = new Float64Array(known.length);
  points.forEach((value, at) => (heights[Math.floor(at / 784)] -= value ** 2 / 2));
  const planes = { points: Float64Array.from(points), dimension: 784, count: known.length, heights };
  const classify = async (samples) =>
    Array.from(
      await locateSamples(planes, samples, compiledEngine({ threads: 2 })),
      (i) => setup.dataset.labels[i],
    );
  const test = await mnist({ split: 'test' }, { folder: process.env.DIST_GAN_DATA });
  const asked = Uint32Array.from({ length: 1000 }, (_, i) => i);
  const guesses = await classify(await pixels(test, asked));
  const reference = shares(setup.dataset.labels);
  const measured = {
    classifierAccuracy: guesses.filter((label, i) => label === test.labels[i]).length / 1000,
  };
  for (const [what, { data, seconds }] of Object.entries(batches)) {
    const generated = shares(await classify(data));
    const kl = generated.reduce((sum, p, k) => sum + (p > 0 ? p * Math.log(p / reference[k]) : 0), 0);
    const labels = generated.filter((p) => p > 0).length;
    measured[what] = { labels, labelKl: kl, shares: generated, seconds };
  }
  await drawDigits(batches.with.data, `${docs}images/ae-ot-mnist-samples.webp`);
  return measured;
}

function shares(labels) {
  const counted = new Array(10).fill(0);
  for (const label of labels) counted[label] += 1 / labels.length;
  return counted;
}

async function pixels(dataset, indices) {
  const data = await dataset.batch(indices);
  return data instanceof Float32Array ? data : Float32Array.from(data, (byte) => byte / 255);
}

async function drawDigits(data, file) {
  const [columns, rows] = [20, 8];
  const image = Buffer.alloc(columns * 28 * rows * 28);
  for (let i = 0; i < columns * rows; i++) {
    for (let y = 0; y < 28; y++) {
      for (let x = 0; x < 28; x++) {
        const at = (Math.floor(i / columns) * 28 + y) * columns * 28 + (i % columns) * 28 + x;
        image[at] = Math.round(255 * data[i * 784 + y * 28 + x]);
      }
    }
  }
  const raw = { width: columns * 28, height: rows * 28, channels: 1 };
  await sharp(image, { raw }).webp({ quality: 80 }).toFile(file);
}

/** By the rule of Dist-GAN's toy experiments: registered within the mixture's radius, a mode with at least 20 of 2,000. */
function measurePoints(batches) {
  const { centres, registrationRadius, standardDeviation } = setup.dataset.mixture;
  const measured = {};
  for (const [what, { data, seconds }] of Object.entries(batches)) {
    const members = new Array(centres.length).fill(0);
    let between = 0;
    for (let i = 0; i < data.length / 2; i++) {
      const distances = centres.map(([x, y]) => Math.hypot(data[2 * i] - x, data[2 * i + 1] - y));
      const least = Math.min(...distances);
      if (least <= registrationRadius) members[distances.indexOf(least)]++;
      if (least > 5 * standardDeviation) between++;
    }
    measured[what] = {
      modes: members.filter((number) => number >= 20).length,
      registered: members.reduce((sum, number) => sum + number, 0),
      between: between / (data.length / 2),
      seconds,
    };
  }
  return measured;
}
