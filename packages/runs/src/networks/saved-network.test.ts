import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import { DatasetFormatError, fromJson, RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNetwork, saveNetwork } from './saved-network.js';

interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly config: Record<string, unknown>;
}

interface ModelFile {
  readonly modelTopology: { readonly config: { layers: Layer[] } };
  readonly weightsManifest: { weights: { name: string; shape: number[] }[] }[];
}

const build = (seed: number) =>
  mlp({ hiddenUnits: [3, 4] }).build(
    'generator',
    { sampleShape: [2], latentDimension: 2 },
    RandomStream.fromSeed(seed),
  );

let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-saved-network-'));
  const network = build(3);
  await saveNetwork(folder, network);
  network.dispose();
});
afterEach(() => rmSync(folder, { recursive: true }));

const weightsFile = () => join(folder, 'weights.bin');

function edit(change: (file: ModelFile) => void): void {
  const path = join(folder, 'model.json');
  const file = fromJson(readFileSync(path, 'utf8')) as ModelFile;
  change(file);
  writeFileSync(path, JSON.stringify(file));
}

const denseLayers = ({ modelTopology }: ModelFile) =>
  modelTopology.config.layers.filter(({ class_name }) => class_name === 'Dense');

describe('loadNetwork', () => {
  it('gives the weights that were saved, and tensors for them alone', async () => {
    const { numTensors } = tf.memory();
    const [saved, loaded] = [build(3), await loadNetwork(folder)];
    const numbers = (network: typeof saved) => network.getWeights().map((weight) => weight.arraySync());
    expect(numbers(loaded)).toEqual(numbers(saved));
    expect(tf.memory().numTensors - numTensors).toBe(2 * saved.weights.length);
    saved.dispose();
    loaded.dispose();
  });

  const damages: [string, () => void, RegExp][] = [
    ['weights that end early', () => truncateSync(weightsFile(), 100), /weights\.bin has 100 bytes in place/],
    [
      'a weight of another shape',
      () => edit(({ weightsManifest }) => void weightsManifest[0].weights[0].shape.reverse().push(1)),
      /Shape mismatch/,
    ],
    [
      'a weight that is missing',
      () => {
        edit(({ weightsManifest }) => void weightsManifest[0].weights.pop());
        truncateSync(weightsFile(), readFileSync(weightsFile()).length - 2 * 4);
      },
      /weights are not set/,
    ],
    [
      'a weight of a layer that there is not',
      () => edit(({ weightsManifest }) => (weightsManifest[0].weights[0].name = 'other/kernel')),
      /no target variable/,
    ],
    [
      'a class of layers that there is not, after others',
      () => edit((file) => Object.assign(denseLayers(file).at(-1)!, { class_name: 'Other' })),
      /Unknown layer: Other/,
    ],
    [
      'a layer that does not take what the one before it makes, after others',
      () =>
        edit((file) => Object.assign(denseLayers(file).at(-1)!, { class_name: 'GlobalAveragePooling2D' })),
      /incompatible with layer/,
    ],
  ];

  it.each(damages)(
    'refuses %s, and leaves no tensor behind, also the second time',
    async (_, damage, message) => {
      damage();
      const { numTensors, numBytes } = tf.memory();
      for (const time of ['first', 'second']) {
        const error: unknown = await loadNetwork(folder).catch((cause: unknown) => cause);
        expect(error, time).toBeInstanceOf(DatasetFormatError);
        expect((error as Error).message).toMatch(message);
        expect(tf.memory(), time).toMatchObject({ numTensors, numBytes });
      }
    },
  );

  it('leaves alone what others build while it fails', async () => {
    edit(({ weightsManifest }) => void weightsManifest[0].weights.splice(1));
    truncateSync(weightsFile(), 2 * 3 * 4);
    const { numTensors } = tf.memory();
    const failing = [loadNetwork(folder), loadNetwork(folder)];
    const networks = [build(5)];
    for (let turn = 0; turn < 8; turn++) {
      await Promise.resolve();
      networks.push(build(turn));
    }
    const ends = await Promise.allSettled(failing);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const weights = networks.flatMap((network) => network.getWeights());
    expect(weights.filter(({ isDisposed }) => isDisposed)).toEqual([]);
    expect(tf.memory().numTensors - numTensors).toBe(weights.length);
    for (const network of networks) network.dispose();
  });
});
