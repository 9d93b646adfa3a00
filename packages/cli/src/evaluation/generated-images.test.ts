import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream, type LatentOptions } from '@dist-gan/core';
import { quantizeImages } from '@dist-gan/metrics/images';
import { generatorFolder, saveNetwork } from '@dist-gan/runs';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generatedImages } from './generated-images.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-generated-images-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const latents: LatentOptions = { dimension: 3, distribution: 'uniform' };
const record = {
  preset: 'tiny',
  seed: 7,
  samples: { shape: [1, 1, 3], range: [-1, 1] },
  options: {
    method: { id: 'gan' },
    architecture: { id: 'tiny' },
    dataset: { id: 'tiny' },
    latents,
    batchSize: 4,
    evaluation: { samples: 6 },
  },
};

/** A generator whose samples are its latents. */
async function writeRun(): Promise<void> {
  const generator = sequential({
    layers: [
      layers.dense({
        units: 3,
        inputShape: [3],
        useBias: false,
        kernelInitializer: initializers.identity({}),
      }),
      layers.reshape({ targetShape: [1, 1, 3] }),
    ],
  });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  await saveNetwork(generatorFolder(folder), generator);
  await saveNetwork(generatorFolder(folder), generator);
  generator.dispose();
}

it('samples the generator that a run saved, from the latents of its evaluations', async () => {
  await writeRun();
  const { numTensors } = tf.memory();
  const { size, batches } = await generatedImages(folder, { count: undefined });
  const drawn = RandomStream.fromSeed(7).derive('evaluation').uniform(18, { low: -1, high: 1 });
  const expected = quantizeImages({ data: drawn, count: 6, sampleShape: [1, 1, 3] }, [-1, 1]);
  expect(size).toBe(6);
  for await (const images of batches()) expect(images).toEqual(expected);
  expect((await generatedImages(folder, { count: 9 })).size).toBe(9);
  expect(tf.memory().numTensors).toBe(numTensors);
});

it('stops when asked to, and says when a network is damaged', async () => {
  await writeRun();
  const { numTensors } = tf.memory();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(generatedImages(folder, { count: 9, signal })).rejects.toThrow('enough');
  truncateSync(join(generatorFolder(folder), 'weights.bin'), 8);
  await expect(generatedImages(folder, { count: 9 })).rejects.toThrow(/holds no network that can be loaded/);
  expect(tf.memory().numTensors).toBe(numTensors);
});
