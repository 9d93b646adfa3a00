import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relativeDifference } from '@dist-gan/testing/compiled';
import { tensorFlowIsHere } from '../test/against-eager.js';
import { imageGenerator } from '../test/image-generator.js';
import { compile } from './compile/compile.js';
import { exportSavedModel } from './export-saved-model.js';
import { loadTensorFlow } from './targets/tensorflow/runtime.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The one output of the model in the folder. */
async function run(inputs: Record<string, { data: Float32Array; shape: number[] }>): Promise<Float32Array> {
  const { runtime } = loadTensorFlow({});
  const engine = runtime.engine();
  const loaded = await runtime.node.loadSavedModel(folder, ['serve'], 'serving_default');
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape }]) => [name, runtime.tensor(data, shape, 'float32')]),
  );
  const outputs = Object.values(loaded.predict(feeds));
  const data = engine.readSync(outputs[0].dataId) as Float32Array;
  for (const tensor of [...Object.values(feeds), ...outputs]) engine.disposeTensor(tensor);
  loaded.dispose();
  return data;
}

describe.skipIf(!tensorFlowIsHere)('a SavedModel for TensorFlow', () => {
  it('computes what the model predicts, for any batch size', async () => {
    const model = imageGenerator();
    exportSavedModel(model, folder);
    for (const batch of [1, 5]) {
      const data = Float32Array.from({ length: batch * 6 }, (_, at) => Math.sin(at * 1.3));
      const output = await run({ input: { data, shape: [batch, 6] } });
      const expected = tf.tidy(() => (model.predict(tf.tensor2d(data, [batch, 6])) as tf.Tensor).dataSync());
      expect(output).toHaveLength(batch * 8 * 8 * 3);
      expect(relativeDifference(output, expected)).toBeLessThan(1e-6);
    }
    model.dispose();
  });

  it('goes on from the state of a compiled function', async () => {
    const sum = tf.tidy(() => tf.variable(tf.scalar(1)));
    const step = await compile(
      ({ x }) => {
        sum.assign(tf.add(sum, x));
        return { sum };
      },
      { inputs: { x: { shape: [] } } },
    );
    await step.run({ x: Float32Array.of(2) });
    await step.toSavedModel(folder);
    expect(Array.from(await run({ x: { data: Float32Array.of(4), shape: [] } }))).toEqual([7]);
    step.dispose();
    sum.dispose();
  });
});

describe('exportSavedModel', () => {
  it('says so where the batch size matters', () => {
    const negated = { apply: (x: tf.Tensor) => tf.neg(x) };
    const numbered = { apply: (x: tf.Tensor) => tf.mul(x, tf.reshape(tf.range(0, x.shape[0]), [-1, 1])) };
    expect(() => exportSavedModel(numbered, folder, { inputShapes: [[2]] })).toThrow(
      /export with a fixed batch/,
    );
    expect(() => exportSavedModel(negated, folder)).toThrow(/pass inputShapes/);
  });
});
