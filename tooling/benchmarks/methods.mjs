/**
 * What a training step of each method costs beside one of a plain GAN: the same networks, data and batch (25 Gaussians, three dense
 * layers of 128, 128 points), on ONNX Runtime. Rounds go through all methods in turn. The number is the time that a twentieth of all
 * steps stays below: on a busy machine medians tell what else ran at the time (a round of 3 once gave R3GAN half of a GAN).
 *
 *     node tooling/benchmarks/methods.mjs [rounds]
 */
import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { methods, regularisers } from '@dist-gan/methods';
import { fit } from '@dist-gan/trainer';

const rounds = Number(process.argv[2] ?? 3);
const steps = 200;
const warmUp = 20;
/** Of what takes so long in a step that fewer tell as much. */
const fewerSteps = { 'gan + gdpp': 60 };

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

/** Milliseconds of each step of one run. */
async function time(method, steps) {
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
  return times;
}

/** What a twentieth of the values stays below. */
function low(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 20)];
}

const seen = Object.fromEntries(Object.keys(subjects).map((id) => [id, []]));
for (let round = 0; round < rounds; round++) {
  for (const [id, make] of Object.entries(subjects))
    seen[id].push(...(await time(make(), fewerSteps[id] ?? steps)));
}
const gan = low(seen.gan);
console.log(`| method | ms | beside gan |\n| --- | --- | --- |`);
for (const [id, times] of Object.entries(seen)) {
  const ms = low(times);
  console.log(`| ${id} | ${ms.toFixed(2)} | ${(ms / gan).toFixed(1)} |`);
}
