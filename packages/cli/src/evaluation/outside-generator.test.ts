import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSafetensors } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { loadOutsideGenerator } from './outside-generator.js';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../../tooling/fixtures/outside/${name}.safetensors`, import.meta.url));

it.each([
  ['mimicry-sngan', { width: 4, latentDimension: 6 }],
  ['pytorch-dcgan', { width: 2, latentDimension: 5 }],
])('makes the pixels of PyTorch on the backend that samples: %s', async (id, options) => {
  const architecture = JSON.stringify({ id, options });
  const { network } = await loadOutsideGenerator(fixture(id), { architecture }, (path) => path);
  expect(tf.getBackend()).toBe('wasm');
  const { tensors } = readSafetensors(readFileSync(fixture(`${id}.expected`)), id);
  const difference = tf.tidy(() => {
    const [latents, images] = ['latents', 'images'].map((name) => {
      const { shape, data } = tensors.get(name)!;
      return tf.tensor(data as Float32Array, [...shape]);
    });
    const made = network.predict(latents) as tf.Tensor;
    return tf.max(tf.abs(tf.sub(made, tf.transpose(images, [0, 2, 3, 1])))).dataSync()[0];
  });
  expect(difference).toBeLessThan(3e-6);
  network.dispose();
});
