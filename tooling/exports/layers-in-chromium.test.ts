/** Exported layers in a page: stock TensorFlow.js in headless Chromium, compared with Node. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { cifarDcgan, mlp, resnet, snganCnn } from '@dist-gan/architectures';
import { RandomStream, writeSafetensors, type Architecture, type NetworkKind } from '@dist-gan/core';
import { exportNetwork } from '@dist-gan/runs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../test/chromium.mjs';
import { checkInChromium } from './check-in-chromium.mjs';

const executablePath = findChromium();

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-layers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const images = [16, 16, 3];
const cases: readonly [string, Architecture, readonly number[], NetworkKind][] = [
  ['mlp', mlp({ hiddenUnits: [8] }), [2], 'generator'],
  ['cifar-dcgan', cifarDcgan({ width: 2 }), images, 'generator'],
  ['cifar-dcgan', cifarDcgan({ width: 2 }), images, 'encoder'],
  ['sngan-cnn', snganCnn({ form: 'sn-gan', width: 2 }), images, 'generator'],
  ['sngan-cnn', snganCnn({ form: 'sn-gan', width: 2 }), images, 'discriminator'],
  ['resnet', resnet({ width: 2 }), images, 'generator'],
];

/** Exports a network with weights that are all drawn, also those that start at 0 and 1, and writes what it computes. */
async function write([name, architecture, sampleShape, kind]: (typeof cases)[number]): Promise<void> {
  const random = RandomStream.fromSeed(4);
  const network = architecture.build(kind, { sampleShape, latentDimension: 3 }, random);
  const drawn = network.getWeights().map((weight, i) => {
    const numbers = random.derive(`weight ${i}`).uniform(weight.size, { low: 0.05, high: 0.4 });
    return tf.tensor(
      numbers.map((value, at) => (weight.rank > 1 && at % 2 === 1 ? -value : value)),
      weight.shape,
    );
  });
  network.setWeights(drawn);
  const shape = [2, ...(network.inputs[0].shape.slice(1) as number[])];
  const data = random.derive('inputs').uniform(tf.util.sizeFromShape(shape), { low: -1, high: 1 });
  const input = tf.tensor(data, shape);
  const outputs = [network.predict(input)].flat();
  const [output] = outputs;
  await exportNetwork(network, {
    form: 'layers-model',
    folder: join(folder, name, 'layers-model'),
    name: kind,
  });
  const known = new Map([
    ['input', { shape, data }],
    ['output', { shape: output.shape, data: output.dataSync<'float32'>() }],
  ]);
  writeFileSync(join(folder, name, `${kind}.safetensors`), writeSafetensors(known));
  tf.dispose([drawn, input, outputs]);
  network.dispose();
}

describe.skipIf(executablePath === undefined)('exported layers in Chromium', () => {
  it('compute what they compute in Node', { timeout: 240_000 }, async () => {
    for (const each of cases) await write(each);
    const lines = await checkInChromium(folder, executablePath!);
    expect(lines.map((line) => `${line.case} ${line.role}`).toSorted()).toEqual(
      cases.map(([name, , , kind]) => `${name} ${kind}`).toSorted(),
    );
    for (const { case: name, role, largest, difference, otherBytes = 0 } of lines) {
      expect(otherBytes, `${name} ${role}`).toBe(0);
      expect(largest, `${name} ${role}`).toBeGreaterThan(0.1);
      expect(difference, `${name} ${role}`).toBeLessThan(2e-6 * Math.max(1, largest));
    }
  });
});
