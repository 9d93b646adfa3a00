/** Networks that were trained, with the moving average of the generator, written in every form. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { aliMlp, cifarDcgan, mlp, resnet, snganCnn } from '@dist-gan/architectures';
import { RandomStream, writeSafetensors } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { ali, distGan } from '@dist-gan/methods';
import { exportNetwork, networkForms } from '@dist-gan/runs';
import { fit, restoreNetwork } from '@dist-gan/trainer';

const random = RandomStream.fromSeed(12);
const count = 16;

/** Sixty-four images of two crossing waves each. */
function waves() {
  const [size, side] = [64, 32];
  const chosen = random.derive('waves').uniform(size * 6, { low: 0.1, high: 0.9 });
  const data = Uint8Array.from({ length: size * side * side * 3 }, (_, at) => {
    const [image, y, x, channel] = [
      at / (side * side * 3),
      (at / (side * 3)) % side,
      (at / 3) % side,
      at % 3,
    ].map(Math.floor);
    const [a, b] = [chosen[image * 6 + channel], chosen[image * 6 + 3 + channel]];
    return 127.5 + 60 * (Math.sin(a * x) + Math.cos(b * y));
  });
  const length = side * side * 3;
  return {
    id: 'waves',
    title: 'Waves',
    source: { title: 'Made for this check', year: 2026 },
    options: {},
    size,
    sampleShape: [side, side, 3],
    range: [0, 1],
    batch: (indices) =>
      Uint8Array.from(
        { length: indices.length * length },
        (_, i) => data[indices[Math.floor(i / length)] * length + (i % length)],
      ),
  };
}

const labels = Uint8Array.from({ length: 64 }, (_, i) => i % 3);
const three = ['generator', 'encoder', 'discriminator'];

/** What is trained, by the name of its networks, and which of them are written. */
export const cases = {
  mlp: {
    architecture: mlp({ hiddenUnits: [64, 64] }),
    dataset: gaussianGrid({ pointsPerMode: 20 }),
    dimension: 2,
  },
  'cifar-dcgan': { architecture: cifarDcgan({ width: 16 }), dataset: waves(), dimension: 32 },
  'sngan-cnn': { architecture: snganCnn({ form: 'sn-gan', width: 16 }), dataset: waves(), dimension: 32 },
  resnet: { architecture: resnet({ width: 16 }), dataset: waves(), dimension: 32 },
  'cifar-dcgan-with-classes': {
    architecture: cifarDcgan({ width: 16, classes: 3 }),
    dataset: { ...waves(), labels },
    dimension: 32,
    roles: ['generator', 'discriminator'],
  },
  'ali-mlp': {
    method: ali(),
    architecture: aliMlp({ units: 16, discriminatorUnits: 16 }),
    dataset: gaussianGrid({ pointsPerMode: 20 }),
    dimension: 2,
    roles: ['discriminator'],
  },
};

export const rolesOf = (name) => cases[name].roles ?? three;

/** Writes `<folder>/<case>/<form>/<role>...`, and `<role>.safetensors` beside with inputs and what TensorFlow.js makes of them. */
export async function makeExports(folder, steps = 20) {
  await tf.setBackend('cpu');
  for (const [name, { method = distGan(), architecture, dataset, dimension }] of Object.entries(cases)) {
    let state;
    const trained = await fit({
      method,
      architecture,
      dataset,
      latents: { dimension, distribution: 'uniform' },
      batchSize: 16,
      steps,
      seed: 5,
      movingAverage: { halfLife: 50 },
      callbacks: {
        async onStep(event) {
          if (event.step === steps) state = await event.state();
        },
      },
    });
    await trained.dispose();
    const shape = { sampleShape: dataset.sampleShape, latentDimension: dimension };
    for (const role of rolesOf(name)) {
      const network = restoreNetwork(state, {
        method,
        architecture,
        shape,
        role,
        averaged: role === 'generator',
      });
      for (const form of networkForms) {
        await exportNetwork(network, { form, folder: join(folder, name, form), name: role });
      }
      writeFileSync(join(folder, name, `${role}.safetensors`), answers(network, role));
      network.dispose();
    }
  }
}

/** Inputs of a network, by the names that files have them by, and its first output, in inference mode. */
function answers(network, role) {
  const isLabels = (at) => at === 1 && network.inputs[1].shape[1] === 3;
  const inputs = network.inputs.map((input, at) => {
    const shape = [count, ...input.shape.slice(1)];
    const size = tf.util.sizeFromShape(shape);
    const low = role === 'generator' || at === 1 ? -1 : 0;
    const data = isLabels(at)
      ? Float32Array.from({ length: size }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
      : random.derive(`inputs of ${role}`).uniform(size, { low, high: 1 });
    return { shape, data };
  });
  const [output] = tf.tidy(() => {
    const given = inputs.map(({ data, shape }) => tf.tensor(data, shape));
    return [network.predict(given.length === 1 ? given[0] : given)]
      .flat()
      .map((each) => [each.shape, each.dataSync().slice()]);
  });
  const names = inputs.length === 1 ? ['input'] : inputs.map((_, at) => `input_${at}`);
  return writeSafetensors(
    new Map([
      ...names.map((name, at) => [name, inputs[at]]),
      ['output', { shape: output[0], data: output[1] }],
    ]),
  );
}

export function makeFolder(path) {
  mkdirSync(path, { recursive: true });
  return path;
}
