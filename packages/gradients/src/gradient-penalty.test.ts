/**
 * A whole gradient penalty, E[(|d critic / d input| - 1)^2], of two critics built from tfjs-layers, against
 * finite differences of the same critics written in plain float64.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spread } from './doctor/operation-check.js';
import { convolution } from './doctor/reference/images.js';
import { matrixProduct } from './doctor/reference/rows.js';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from './index.js';

beforeAll(installSecondOrderGradients);
afterAll(uninstallSecondOrderGradients);

/** The critic of one sample: a float64 function of the input and of all weights, in the model's order. */
type Critic = (input: Float64Array, weights: readonly Float64Array[]) => number;

function penaltyOfModel(model: tfl.LayersModel, inputs: tf.Tensor): tf.Scalar {
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(model.apply(x, { training: true }) as tf.Tensor))(inputs);
  const norms = tf.norm(tf.reshape(gradient, [inputs.shape[0], -1]), 'euclidean', 1);
  return tf.mean(tf.square(tf.sub(norms, 1)));
}

/** Central differences with a step small enough not to reach the kink of a leaky ReLU. */
function partialDerivatives(f: (point: Float64Array) => number, point: Float64Array): Float64Array {
  const step = 1e-4;
  return point.map(
    (value, index) => (f(point.with(index, value + step)) - f(point.with(index, value - step))) / (2 * step),
  );
}

function referencePenalty(
  critic: Critic,
  inputs: readonly Float64Array[],
  weights: readonly Float64Array[],
): number {
  const terms = inputs.map((input) => {
    const gradient = partialDerivatives((moved) => critic(moved, weights), input);
    return (Math.hypot(...gradient) - 1) ** 2;
  });
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

async function compare(model: tfl.LayersModel, inputShape: number[], critic: Critic): Promise<void> {
  const samples = 2;
  const inputs: Float64Array<ArrayBuffer>[] = Array.from({ length: samples }, (_, sample) =>
    Float64Array.from(spread(inputShape, -1, 1, 17 * sample).values, Math.fround),
  );
  const weights = model.weights.map((weight, index) =>
    Float64Array.from(spread(weight.shape as number[], -0.8, 0.9, 29 * index).values, Math.fround),
  );
  tf.tidy(() =>
    model.setWeights(
      weights.map((values, index) =>
        tf.tensor(Float32Array.from(values), model.weights[index].shape as number[]),
      ),
    ),
  );
  const batch = tf.tensor(
    inputs.flatMap((input) => Array.from(input)),
    [samples, ...inputShape],
  );

  const { value, grads } = tf.variableGrads(
    () => penaltyOfModel(model, batch),
    model.trainableWeights.map((weight) => weight.read() as tf.Variable),
  );
  expect((await value.data())[0]).toBeCloseTo(referencePenalty(critic, inputs, weights), 5);
  for (const [index, weight] of model.weights.entries()) {
    const expected = partialDerivatives(
      (moved) => referencePenalty(critic, inputs, (weights as Float64Array[]).with(index, moved)),
      weights[index],
    );
    // The last bias moves the critic by a constant: TensorFlow.js reports no gradient for it.
    const gradient = grads[(weight.read() as tf.Variable).name] as tf.Tensor | undefined;
    const actual = (await gradient?.data()) ?? new Float32Array(expected.length);
    const scale = Math.max(...expected.map(Math.abs), 1e-3);
    expected.forEach((entry, position) => {
      expect(Math.abs(actual[position] - entry) / scale, `${weight.name}[${position}]`).toBeLessThan(2e-5);
    });
  }
  tf.dispose([value, grads, batch]);
  model.dispose();
}

const leaky = (x: number) => (x > 0 ? x : 0.2 * x);

function affine(x: Float64Array, kernel: Float64Array, bias: Float64Array): Float64Array {
  return matrixProduct(x, kernel, x.length).map((value, index) => value + bias[index]);
}

test('of an MLP critic: dense, tanh, layer normalisation, dense, sigmoid, dense', async () => {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ inputShape: [2], units: 4, activation: 'tanh' }),
      tfl.layers.layerNormalization({ epsilon: 0.01 }),
      tfl.layers.dense({ units: 3, activation: 'sigmoid' }),
      tfl.layers.dense({ units: 1 }),
    ],
  });
  await compare(model, [2], (input, [kernel1, bias1, gamma, beta, kernel2, bias2, kernel3, bias3]) => {
    const hidden = affine(input, kernel1, bias1).map(Math.tanh);
    const mean = hidden.reduce((sum, value) => sum + value, 0) / 4;
    const variance = hidden.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
    const normalized = hidden.map(
      (value, i) => ((value - mean) / Math.sqrt(variance + 0.01)) * gamma[i] + beta[i],
    );
    const probabilities = affine(normalized, kernel2, bias2).map((value) => 1 / (1 + Math.exp(-value)));
    return affine(probabilities, kernel3, bias3)[0];
  });
});

test('of a convolutional critic: conv, leakyRelu, conv, tanh, average pooling, dense', async () => {
  const model = tfl.sequential({
    layers: [
      tfl.layers.conv2d({ inputShape: [6, 6, 1], filters: 2, kernelSize: 2, strides: 1, padding: 'valid' }),
      tfl.layers.leakyReLU({ alpha: 0.2 }),
      tfl.layers.conv2d({ filters: 2, kernelSize: 2, strides: 2, padding: 'same', activation: 'tanh' }),
      tfl.layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'valid' }),
      tfl.layers.flatten(),
      tfl.layers.dense({ units: 1 }),
    ],
  });
  const addBias = (image: Float64Array, bias: Float64Array) =>
    image.map((value, i) => value + bias[i % bias.length]);
  await compare(model, [6, 6, 1], (input, [filter1, bias1, filter2, bias2, kernel, bias]) => {
    const first = convolution(
      input,
      filter1,
      { height: 6, width: 6, channels: 1 },
      { window: 2, stride: 1, before: 0, outHeight: 5, outWidth: 5 },
      2,
    );
    const activated = addBias(first, bias1).map(leaky);
    const second = convolution(
      activated,
      filter2,
      { height: 5, width: 5, channels: 2 },
      { window: 2, stride: 2, before: 0, outHeight: 3, outWidth: 3 },
      2,
    );
    const squashed = addBias(second, bias2).map(Math.tanh);
    const pooled: number[] = [];
    for (const row of [0, 1]) {
      for (const column of [0, 1]) {
        for (const channel of [0, 1]) {
          const at = (y: number, x: number) => squashed[((row + y) * 3 + column + x) * 2 + channel];
          pooled.push((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4);
        }
      }
    }
    return affine(Float64Array.from(pooled), kernel, bias)[0];
  });
});

test('frees every tensor over repeated steps', () => {
  const weight = tf.tidy(() => tf.variable(tf.tensor2d([0.3, -0.2, 0.5, 0.7], [2, 2])));
  const inputs = tf.tensor2d([[0.3, 0.4]]);
  const critic = (x: tf.Tensor) =>
    tf.sum(
      tf.tanh(tf.maxPool(tf.reshape<tf.Rank.R4>(tf.matMul(x, weight), [1, 1, 2, 1]), [1, 2], 1, 'same')),
    );
  const step = () => {
    const { value, grads } = tf.variableGrads(
      () => tf.sum<tf.Scalar>(tf.square(tf.grad(critic)(inputs))),
      [weight],
    );
    tf.dispose([value, grads]);
  };
  step();
  const before = tf.memory();
  for (let i = 0; i < 20; i++) step();
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  tf.dispose([weight, inputs]);
});
