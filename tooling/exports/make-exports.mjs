/** Networks that were trained, with the moving average of the generator, written in every form. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { cifarDcgan, mlp, resnet, snganCnn } from '@dist-gan/architectures';
import { RandomStream, writeSafetensors } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { distGan } from '@dist-gan/methods';
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

/** What is trained, by the name of its networks. */
export const cases = {
  mlp: {
    architecture: mlp({ hiddenUnits: [64, 64] }),
    dataset: gaussianGrid({ pointsPerMode: 20 }),
    dimension: 2,
  },
  'cifar-dcgan': { architecture: cifarDcgan({ width: 16 }), dataset: waves(), dimension: 32 },
  'sngan-cnn': { architecture: snganCnn({ form: 'sn-gan', width: 16 }), dataset: waves(), dimension: 32 },
  resnet: { architecture: resnet({ width: 16 }), dataset: waves(), dimension: 32 },
};

export const roles = ['generator', 'encoder', 'discriminator'];

/** Writes `<folder>/<case>/<form>/<role>...`, and `<role>.safetensors` beside with inputs and what TensorFlow.js makes of them. */
export async function makeExports(folder, steps = 20) {
  await tf.setBackend('cpu');
  for (const [name, { architecture, dataset, dimension }] of Object.entries(cases)) {
    const method = distGan();
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
    for (const role of roles) {
      const network = restoreNetwork(state, {
        method,
        architecture,
        shape,
        role,
        averaged: role === 'generator',
      });
      for (const form of networkForms) {
        const ports = { inputName: 'input', outputName: 'output' };
        await exportNetwork(network, { form, folder: join(folder, name, form), name: role, ...ports });
      }
      writeFileSync(join(folder, name, `${role}.safetensors`), answers(network, role));
      network.dispose();
    }
  }
}

/** Inputs of a network and its first output, in inference mode. */
function answers(network, role) {
  const shape = [count, ...network.inputs[0].shape.slice(1)];
  const low = role === 'generator' ? -1 : 0;
  const input = random.derive(`inputs of ${role}`).uniform(tf.util.sizeFromShape(shape), { low, high: 1 });
  const [output] = tf.tidy(() =>
    [network.predict(tf.tensor(input, shape))].flat().map((each) => [each.shape, each.dataSync().slice()]),
  );
  return writeSafetensors(
    new Map([
      ['input', { shape, data: input }],
      ['output', { shape: output[0], data: output[1] }],
    ]),
  );
}

export function makeFolder(path) {
  mkdirSync(path, { recursive: true });
  return path;
}
