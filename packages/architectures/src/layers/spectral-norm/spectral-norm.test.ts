import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { lcg } from '../../../../../tooling/test/lcg.js';
import { spectralNorm } from './spectral-norm.js';

/** A published vector: this matrix, and its singular values by LAPACK. */
const matrix = Float32Array.from(lcg(3, 35), (u) => (u - 0.5) * 2);
const singularValues = [
  2.6665036907727293, 1.3746144582202051, 1.0924610445856648, 0.3902324759970932, 0.14996398403148395,
];

/** Sets the kernel and calls the layer in training mode until its estimate stands still. */
function converge(layer: layers.Layer, x: tf.Tensor, kernel: tf.Tensor): void {
  tf.tidy(() => {
    layer.apply(x);
    layer.weights[0].write(kernel);
    for (let i = 0; i < 100; i++) layer.apply(x, { training: true });
  });
}

/** The largest singular value, by power iteration on the Gram matrix in float64. */
function largestSingularValue(values: ArrayLike<number>, rows: number, columns: number): number {
  let vector = Array.from({ length: columns }, (_, i) => 1 + i / columns);
  let value = 0;
  for (let n = 0; n < 2000; n++) {
    const product = Array.from({ length: rows }, (_, row) =>
      vector.reduce((sum, entry, column) => sum + entry * values[row * columns + column], 0),
    );
    const back = vector.map((_, column) =>
      product.reduce((sum, entry, row) => sum + entry * values[row * columns + column], 0),
    );
    const length = Math.hypot(...back);
    value = Math.sqrt(length);
    vector = back.map((entry) => entry / length);
  }
  return value;
}

describe('spectral norm', () => {
  it('divides the kernel of a dense layer by its largest singular value', () => {
    const layer = spectralNorm({ layer: layers.dense({ units: 7, useBias: false }) });
    tf.tidy(() => {
      const identity = tf.eye(5);
      converge(layer, identity, tf.tensor(matrix, [5, 7]));
      const normalized = (layer.apply(identity) as tf.Tensor).dataSync();
      matrix.forEach((value, i) => expect(normalized[i]).toBeCloseTo(value / singularValues[0], 5));
    });
    layer.dispose();
  });

  /** With a kernel whose two largest singular values are far enough apart for the iterations. */
  const convolution = () => ({
    filters: 5,
    kernelSize: 3,
    useBias: false,
    kernelInitializer: initializers.glorotUniform({ seed: 1 }),
  });

  it.each([
    ['conv2d', () => layers.conv2d(convolution()), [0, 1, 2, 3]],
    ['conv2dTranspose', () => layers.conv2dTranspose(convolution()), [0, 1, 3, 2]],
  ] as const)('takes the kernel of %s as [inputs of one output, outputs]', (_, make, axes) => {
    const layer = spectralNorm({ layer: make() });
    const plain = make();
    tf.tidy(() => {
      const x = tf.tensor(RandomStream.fromSeed(1).normal(4 * 4 * 2), [1, 4, 4, 2]);
      const wanted = plain.apply(x) as tf.Tensor;
      const kernel = plain.weights[0].read();
      converge(layer, x, kernel);
      const got = layer.apply(x) as tf.Tensor;
      const norm = largestSingularValue(tf.transpose(kernel, [...axes]).dataSync(), 18, 5);
      const expected = Array.from(wanted.dataSync(), (value) => value / norm);
      got.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
    });
    plain.dispose();
    layer.dispose();
  });

  it('moves its vectors in training mode only, one power iteration a call', () => {
    const layer = spectralNorm({ layer: layers.dense({ units: 7 }) });
    tf.tidy(() => {
      const x = tf.eye(5);
      layer.apply(x);
      const [kernel, bias, left, right] = layer.weights.map((weight) => weight.read());
      expect([kernel, bias, left, right].map(({ shape }) => shape)).toEqual([[5, 7], [7], [5, 1], [7, 1]]);
      expect(layer.trainableWeights).toHaveLength(2);

      layer.weights[0].write(tf.tensor(matrix, [5, 7]));
      const before = right.dataSync<'float32'>().slice();
      layer.apply(x);
      expect(right.dataSync()).toEqual(before);
      layer.apply(x, { training: true });

      const product = Array.from({ length: 5 }, (_, row) =>
        before.reduce((sum, value, column) => sum + value * matrix[row * 7 + column], 0),
      );
      const length = Math.hypot(...product);
      left.dataSync().forEach((value, row) => expect(value).toBeCloseTo(product[row] / length, 6));
    });
    layer.dispose();
  });

  it('takes the vectors for constants: the derivative of W / s is dW / s - <dW, W> left right^T / s^2', () => {
    const layer = spectralNorm({ layer: layers.dense({ units: 7, useBias: false }) });
    tf.tidy(() => {
      const x = tf.eye(5);
      layer.apply(x);
      // One iteration from the vectors of another matrix: not converged, where the constants show.
      layer.weights[0].write(tf.tensor(matrix, [5, 7]));
      const direction = tf.tensor(RandomStream.fromSeed(5).normal(35), [5, 7]);
      const kernel = layer.weights[0].read() as tf.Variable;
      const { grads } = tf.variableGrads(
        () => tf.sum(tf.mul(layer.apply(x, { training: true }) as tf.Tensor, direction)),
        [kernel],
      );
      const [left, right] = layer.weights.slice(1).map((weight) => weight.read().dataSync());
      const upstream = direction.dataSync();
      let norm = 0;
      let shared = 0;
      matrix.forEach((value, i) => {
        norm += value * left[Math.floor(i / 7)] * right[i % 7];
        shared += value * upstream[i];
      });
      expect(norm).toBeLessThan(singularValues[0] * 0.9999);
      grads[kernel.name].dataSync().forEach((value, i) => {
        const outer = left[Math.floor(i / 7)] * right[i % 7];
        expect(value).toBeCloseTo(upstream[i] / norm - (shared * outer) / norm ** 2, 4);
      });
    });
    layer.dispose();
  });

  describe('of a kernel of zeros', () => {
    const zeros = () => {
      const layer = spectralNorm({
        layer: layers.dense({ units: 2, useBias: false, kernelInitializer: initializers.zeros() }),
      });
      tf.tidy(() => void layer.apply(tf.ones([1, 3])));
      return { layer, kernel: layer.weights[0].read() as tf.Variable };
    };
    const apply = (layer: layers.Layer, x: tf.Tensor) => layer.apply(x, { training: true }) as tf.Tensor;

    it('gives zeros, and the gradient that the layer has without it: x^T dy', () => {
      const { layer, kernel } = zeros();
      tf.tidy(() => {
        const x = tf.tensor2d([[1, 2, -3]]);
        const { value, grads } = tf.variableGrads(
          () => tf.sum(tf.square(tf.sub(apply(layer, x), [1, 10]))),
          [kernel],
        );
        expect(value.dataSync()[0]).toBe(101);
        const expected = [1, 2, -3].flatMap((input) => [-2 * input, -20 * input]);
        expect(Array.from(grads[kernel.name].dataSync())).toEqual(expected);
      });
      layer.dispose();
    });

    it('has the gradient of its slope that the layer has without it', () => {
      const { layer, kernel } = zeros();
      tf.tidy(() => {
        // The slope of the sum of outputs is the sum of the kernel's columns, w; of (w . a - 1)^2 the derivative at 0 is -2 a.
        const a = [3, -1, 0.5];
        const slope = tf.grad((x) => apply(layer, x));
        const { grads } = tf.variableGrads(
          () => tf.sum(tf.square(tf.sub(tf.sum(tf.mul(slope(tf.ones([1, 3])), a)), 1))),
          [kernel],
        );
        const expected = a.flatMap((entry) => [-2 * entry, -2 * entry]);
        expect(Array.from(grads[kernel.name].dataSync())).toEqual(expected);
      });
      layer.dispose();
    });

    it('norms what the kernel becomes', () => {
      const { layer, kernel } = zeros();
      tf.tidy(() => {
        const x = tf.eye(3);
        for (let i = 0; i < 3; i++) apply(layer, x);
        // Singular values 2e-4 and 1e-4.
        kernel.assign(tf.tensor2d([0, 1e-4, 2e-4, 0, 0, 0], [3, 2]));
        for (let i = 0; i < 30; i++) apply(layer, x);
        const normalized = Array.from(apply(layer, x).dataSync());
        [0, 0.5, 1, 0, 0, 0].forEach((entry, i) => expect(normalized[i]).toBeCloseTo(entry, 5));
      });
      layer.dispose();
    });
  });

  it('refuses layers without a kernel', () => {
    expect(() => spectralNorm({ layer: layers.flatten() })).toThrow(
      'spectralNorm.layer: must be a layer of one of',
    );
  });
});
