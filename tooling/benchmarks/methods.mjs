/**
 * What a training step of each method costs beside one of a plain GAN: the same networks, data and batch (25 Gaussians, three dense
 * layers of 128, 128 points), on ONNX Runtime. Rounds go through all methods in turn, so that a machine that is busy for a
 * while slows all of them; the ratio is that of medians.
 *
 *     node tooling/benchmarks/methods.mjs [rounds]
 */
import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { methods, regularisers } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';

const rounds = Number(process.argv[2] ?? 3);
const steps = 120;
const warmUp = 20;

const options = { 'info-gan': { categories: 0, continuous: 2 } };
/** What changes samples takes images, unless told otherwise. */
const regulariserOptions = {
  'balanced-consistency': { flip: false, translation: false, noise: 0.1 },
};
const subjects = {
  ...Object.fromEntries(Object.entries(methods).map(([id, make]) => [id, () => make(options[id])])),
  ...Object.fromEntries(
    Object.entries(regularisers).map(([id, make]) => [
      `gan + ${id}`,
      () => methods.gan({ regularisers: [make(regulariserOptions[id])] }),
    ]),
  ),
  'gan, packing 2': () => methods.gan({ packing: 2 }),
};

/** Milliseconds of a step, the median of one run. */
async function time(method) {
  const times = [];
  let last = performance.now();
  const result = await fit({
    method,
    architecture: mlp(),
    dataset: gaussianGrid(),
    latents: { dimension: 2, distribution: 'uniform' },
    batchSize: 128,
    steps,
    seed: 1,
    compiler: { target: 'onnx' },
    callbacks: {
      onStep({ step }) {
        const now = performance.now();
        if (step > warmUp) times.push(now - last);
        last = now;
      },
    },
  });
  await result.dispose();
  return median(times);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const seen = Object.fromEntries(Object.keys(subjects).map((id) => [id, []]));
for (let round = 0; round < rounds; round++) {
  for (const [id, make] of Object.entries(subjects)) seen[id].push(await time(make()));
}
const gan = median(seen.gan);
console.log(`| method | ms | beside gan |\n| --- | --- | --- |`);
for (const [id, times] of Object.entries(seen)) {
  const ms = median(times);
  console.log(`| ${id} | ${ms.toFixed(2)} | ${(ms / gan).toFixed(1)} |`);
}
