import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  architectures,
  cifarDcgan,
  resnet,
  snganCnn,
  tinyArchitecture,
  type ArchitectureId,
} from '@dist-gan/architectures';
import { RandomStream, readSafetensors, type Architecture } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportNetwork } from './export-network.js';
import { loadNetwork } from './saved-network.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-export-network-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Feed {
  readonly data: Float32Array;
  readonly shape: number[];
}

/** Five rows of each input of a network, and what it makes of them in inference mode: its first output. */
function predict(network: LayersModel): { inputs: Feed[]; output: Float32Array } {
  const inputs = network.inputs.map((input, at) => {
    const shape = [5, ...(input.shape.slice(1) as number[])];
    return {
      shape,
      data: Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7 + at)),
    };
  });
  const output = tf.tidy(() => {
    const given = inputs.map(({ data, shape }) => tf.tensor(data, shape));
    const all = network.predict(given.length === 1 ? given[0] : given);
    return (Array.isArray(all) ? all[0] : all).dataSync<'float32'>().slice();
  });
  return { inputs, output };
}

/** What an ONNX file makes of the same. */
async function runOnnx(file: string, inputs: readonly Feed[], names: readonly string[]) {
  const session = await InferenceSession.create(file);
  const feeds = inputs.map(({ data, shape }, i) => [names[i], new Tensor('float32', data, shape)] as const);
  const outputs = await session.run(Object.fromEntries(feeds));
  await session.release();
  return outputs;
}

const largest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const conditioned: [string, Architecture][] = [
  ['cifar-dcgan', cifarDcgan({ width: 2, classes: 3 })],
  ['resnet', resnet({ width: 1, classes: 3 })],
];

const cases = [
  ...Object.keys(architectures).flatMap((id) => {
    const { architecture, shape } = tinyArchitecture(id as ArchitectureId);
    return architecture.kinds.map((kind) => [id, kind, architecture, shape] as const);
  }),
  ...conditioned.flatMap(([id, architecture]) => {
    const shape = { sampleShape: [8, 8, 3], latentDimension: 3 };
    return (['generator', 'discriminator'] as const).map(
      (kind) => [`${id} with classes`, kind, architecture, shape] as const,
    );
  }),
];

describe('exportNetwork', () => {
  it.each(cases)('%s, %s: as ONNX, and as layers that TensorFlow.js knows without us', async (...given) => {
    const [, kind, architecture, shape] = given;
    // What judges sets takes samples along an axis of their own.
    const sampleShape = kind.endsWith('set-discriminator') ? [4, ...shape.sampleShape] : shape.sampleShape;
    const network = architecture.build(kind, { ...shape, sampleShape }, RandomStream.fromSeed(3));
    const { inputs, output } = predict(network);

    const inputNames = ['x', 'condition'].slice(0, inputs.length);
    const file = await exportNetwork(network, {
      form: 'onnx',
      folder,
      name: kind,
      inputNames,
      outputName: 'y',
    });
    const { y } = await runOnnx(join(folder, file), inputs, inputNames);
    expect(largest(y.data as Float32Array, output)).toBeLessThan(2e-6);

    await exportNetwork(network, { form: 'layers-model', folder, name: kind });
    const topology = readFileSync(join(folder, kind, 'model.json'), 'utf8');
    expect(topology).not.toContain('DistGanInitializer');
    const loaded = await loadNetwork(join(folder, kind));
    expect(predict(loaded).output).toEqual(output);

    await exportNetwork(network, { form: 'safetensors', folder, name: kind });
    const path = join(folder, `${kind}.safetensors`);
    const { tensors, metadata } = readSafetensors(readFileSync(path), path);
    expect(tensors.size).toBe(network.weights.length);
    expect(metadata.layout).toContain('dense kernels [in, out]');
    network.dispose();
    loaded.dispose();
  });

  it('writes a SavedModel where it is told to', async () => {
    const { architecture, shape } = tinyArchitecture('sngan-cnn');
    const network = architecture.build('generator', shape, RandomStream.fromSeed(3));
    expect(await exportNetwork(network, { form: 'saved-model', folder, name: 'it' })).toBe('it');
    expect(existsSync(join(folder, 'it/saved_model.pb'))).toBe(true);
    network.dispose();
  });

  it('keeps what spectral norm has found', async () => {
    const shape = { sampleShape: [8, 8, 3], latentDimension: 2 };
    const network = snganCnn({ form: 'sn-gan', width: 1 }).build(
      'discriminator',
      shape,
      RandomStream.fromSeed(3),
    );
    tf.tidy(() => void network.apply(tf.ones([2, 8, 8, 3]), { training: true }));
    const { inputs, output } = predict(network);
    await exportNetwork(network, { form: 'onnx', folder, name: 'it' });
    const answer = await runOnnx(join(folder, 'it.onnx'), inputs, ['input']);
    expect(largest(answer.output.data as Float32Array, output)).toBeLessThan(2e-6);
    network.dispose();
  });
});
