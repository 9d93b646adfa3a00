/**
 * Seconds of the same steps of the same scheme on the same codes, ours beside NumPy's and PyTorch's, one after the other:
 *
 *     node transport/run.mjs --python <python with NumPy and SciPy> --torch <python with PyTorch> [--peers numpy,torch]
 *       [--threads 2] [--codes 5000] [--dimension 32] [--samples 16384] [--steps 150] [--rounds 2]
 *
 * Needs a built clone. The norms of all steps are compared, too: the schemes are the same only if these are.
 */
import '@tensorflow/tfjs-backend-cpu';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RandomStream } from '@dist-gan/core';
import { compiledEngine, solveTransport } from '@dist-gan/transport';
import * as tf from '@tensorflow/tfjs-core';

const text = (otherwise) => ({ type: 'string', default: otherwise });
const { values } = parseArgs({
  options: {
    python: text('python3'),
    codes: text('5000'),
    dimension: text('32'),
    samples: text('16384'),
    steps: text('150'),
    rounds: text('2'),
    peers: text('numpy,torch'),
    threads: text('2'),
    torch: text('python3'),
  },
});
const [count, dimension, samples, steps] = ['codes', 'dimension', 'samples', 'steps'].map((key) =>
  Number(values[key]),
);
await tf.setBackend('cpu');

// Codes of ten groups, of the deviation of an autoencoder's.
const random = RandomStream.fromSeed(1);
const [centres, noise] = [random.normal(10 * dimension), random.normal(count * dimension)];
const points = noise.map(
  (value, at) => 0.5 * value + centres[(Math.floor(at / dimension) % 10) * dimension + (at % dimension)],
);
const learningRate = 0.05;
const file = join(mkdtempSync(join(tmpdir(), 'transport-')), 'problem.json');
const threads = Number(values.threads);
writeFileSync(
  file,
  JSON.stringify({ points: [...points], dimension, samples, steps, learningRate, threads }),
);

async function ours() {
  const norms = [];
  const started = performance.now();
  await solveTransport({
    points,
    dimension,
    samples,
    maximumSamples: samples,
    patience: 1e9,
    tolerance: 1e-12,
    maximumSteps: steps,
    learningRate,
    engine: compiledEngine({ threads }),
    onProgress: ({ gradientNorm }) => void norms.push(gradientNorm),
  });
  return { seconds: (performance.now() - started) / 1000, norms };
}

function peer(name) {
  const script = new URL(`${name}_peer.py`, import.meta.url).pathname;
  const done = spawnSync(name === 'torch' ? values.torch : values.python, [script, file], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { ...process.env, OMP_NUM_THREADS: values.threads, OPENBLAS_NUM_THREADS: values.threads },
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

const rounds = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const mine = await ours();
  const entry = { ours: { seconds: mine.seconds, lastNorm: mine.norms.at(-1) } };
  for (const name of values.peers.split(',')) {
    const { seconds, norms, version } = peer(name);
    const difference = Math.max(...mine.norms.map((norm, i) => Math.abs(norm / norms[i] - 1)));
    entry[name] = { seconds, version, largestDifferenceOfNorms: difference };
  }
  rounds.push(entry);
}
console.log(JSON.stringify({ codes: count, dimension, samples, steps, threads, rounds }, null, 2));
