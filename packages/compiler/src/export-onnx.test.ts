import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { relativeDifference } from '@dist-gan/testing/compiled';
import { imageGenerator } from '../test/image-generator.js';
import { exportOnnx } from './export-onnx.js';

async function run(file: Uint8Array, data: Float32Array, shape: number[]): Promise<ort.Tensor> {
  const session = await ort.InferenceSession.create(file);
  const { output } = await session.run({ input: new ort.Tensor('float32', data, shape) });
  await session.release();
  return output;
}

describe('exportOnnx', () => {
  it('gives a file that computes what the model predicts, for any batch size', async () => {
    const model = imageGenerator();
    const file = exportOnnx(model);
    for (const batch of [1, 5]) {
      const latents = Float32Array.from({ length: batch * 6 }, (_, at) => Math.sin(at * 1.3));
      const output = await run(file, latents, [batch, 6]);
      const expected = tf.tidy(() =>
        (model.predict(tf.tensor2d(latents, [batch, 6])) as tf.Tensor).dataSync(),
      );
      expect(output.dims).toEqual([batch, 8, 8, 3]);
      expect(relativeDifference(output.data as Float32Array, expected)).toBeLessThan(1e-6);
    }
    model.dispose();
  });

  it('gives a file for one batch size', async () => {
    const model = imageGenerator();
    const session = await ort.InferenceSession.create(exportOnnx(model, { batch: 4 }));
    expect(session.inputMetadata[0]).toMatchObject({ name: 'input', shape: [4, 6] });
    await session.release();
    model.dispose();
  });

  it('gives a file of a model of several inputs', async () => {
    const difference = { apply: ([x, y]: tf.Tensor[]) => tf.sub(x, tf.mul(2, y)) };
    const inputShapes = [[2], [2]];
    const session = await ort.InferenceSession.create(
      exportOnnx(difference, { inputShapes, inputNames: ['minuend', 'half'], outputName: 'rest' }),
    );
    const tensor = (...values: number[]) => new ort.Tensor('float32', values, [values.length / 2, 2]);
    const { rest } = await session.run({ half: tensor(1, 2, 3, 4), minuend: tensor(5, 6, 7, 9) });
    expect([...(rest.data as Float32Array)]).toEqual([3, 2, 1, 1]);
    await session.release();
    expect(() => exportOnnx(difference, { inputShapes, inputNames: ['x', 'x'] })).toThrow(
      /inputNames must be 2 different names, one for each input, got \["x","x"\]/,
    );
  });

  it('says so where the batch size matters', () => {
    const negated = { apply: (x: tf.Tensor) => tf.neg(x) };
    const numbered = { apply: (x: tf.Tensor) => tf.mul(x, tf.reshape(tf.range(0, x.shape[0]), [-1, 1])) };
    expect(() => exportOnnx(numbered, { inputShapes: [[2]] })).toThrow(/export with a fixed batch/);
    expect(() => exportOnnx(negated)).toThrow(/pass inputShapes/);
    expect(() => exportOnnx(negated, { inputShapes: [[2]], batch: 0 })).toThrow(/whole number above 0/);
  });
});
