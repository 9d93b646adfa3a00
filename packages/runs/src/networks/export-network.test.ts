import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { architectures, mlp, snganCnn, tinyArchitecture, type ArchitectureId } from '@dist-gan/architectures';
import { RandomStream, readSafetensors } from '@dist-gan/core';
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

/** Five inputs of a network, and what it makes of them in inference mode: its first output. */
function predict(network: LayersModel): { input: Float32Array; output: Float32Array; shape: number[] } {
  const shape = [5, ...(network.inputs[0].shape.slice(1) as number[])];
  const input = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7));
  const output = tf.tidy(() => {
    const all = network.predict(tf.tensor(input, shape));
    return (Array.isArray(all) ? all[0] : all).dataSync<'float32'>().slice();
  });
  return { input, output, shape };
}

const largest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const cases = Object.keys(architectures).flatMap((id) => {
  const { architecture } = tinyArchitecture(id as ArchitectureId);
  return architecture.kinds
    .filter((kind) => kind !== 'joint-discriminator')
    .map((kind) => [id as ArchitectureId, kind] as const);
});

describe('exportNetwork', () => {
  it.each(cases)('%s, %s: as ONNX, and as layers that TensorFlow.js knows without us', async (id, kind) => {
    const { architecture, shape } = tinyArchitecture(id);
    // What judges sets takes samples along an axis of their own.
    const sampleShape = kind.endsWith('set-discriminator') ? [4, ...shape.sampleShape] : shape.sampleShape;
    const network = architecture.build(kind, { ...shape, sampleShape }, RandomStream.fromSeed(3));
    const { input, output, shape: inputShape } = predict(network);

    const file = await exportNetwork(network, {
      form: 'onnx',
      folder,
      name: kind,
      inputName: 'x',
      outputName: 'y',
    });
    const session = await InferenceSession.create(join(folder, file));
    const { y } = await session.run({ x: new Tensor('float32', input, inputShape) });
    expect(largest(y.data as Float32Array, output)).toBeLessThan(2e-6);
    await session.release();

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
    const { input, output } = predict(network);
    await exportNetwork(network, { form: 'onnx', folder, name: 'it' });
    const session = await InferenceSession.create(join(folder, 'it.onnx'));
    const answer = await session.run({ input: new Tensor('float32', input, [5, 8, 8, 3]) });
    expect(largest(answer.output.data as Float32Array, output)).toBeLessThan(2e-6);
    await session.release();
    network.dispose();
  });

  it('says that a network of two inputs goes into no ONNX file', async () => {
    const shape = { sampleShape: [2], latentDimension: 2 };
    const network = mlp({ hiddenUnits: [3] }).build('joint-discriminator', shape, RandomStream.fromSeed(3));
    const attempt = exportNetwork(network, { form: 'onnx', folder, name: 'it' });
    await expect(attempt).rejects.toThrow(/it takes 2 inputs, and onnx is written for networks of one/);
    expect(await exportNetwork(network, { form: 'layers-model', folder, name: 'it' })).toBe('it/model.json');
    network.dispose();
  });
});
