/** The values of the layers, against their formulas in plain numbers. */
import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { layers } from '@tensorflow/tfjs-layers';
import { conditionalBatchNorm } from './conditional-batch-norm/conditional-batch-norm.js';
import { GlobalSumPooling2D } from './global-sum-pooling-2d/global-sum-pooling-2d.js';
import { minibatchStandardDeviation } from './minibatch-standard-deviation/minibatch-standard-deviation.js';
import { pixelNorm } from './pixel-norm/pixel-norm.js';
import { projectionHead } from './projection-head/projection-head.js';
import { selfAttention } from './self-attention/self-attention.js';

const draw = (seed: number, shape: number[]): tf.Tensor =>
  tf.tensor(RandomStream.fromSeed(seed).normal(shape.reduce((a, b) => a * b, 1)), shape);

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function expectValues(actual: tf.Tensor, expected: readonly number[]): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5));
}

/** Calls a layer once so that its weights exist, and sets those that are named. */
function withWeights<T extends layers.Layer>(
  layer: T,
  inputs: tf.Tensor | tf.Tensor[],
  values: tf.Tensor[],
): T {
  layer.apply(inputs);
  values.forEach((value, i) => layer.weights[i].write(value));
  return layer;
}

/** Runs a test body on a layer in a tidy and disposes the layer. */
function use(layer: layers.Layer, body: (layer: layers.Layer) => void): void {
  tf.tidy(() => body(layer));
  layer.dispose();
}

describe('pixel norm', () => {
  it('divides each pixel by the root of the mean square of its channels', () =>
    use(pixelNorm(), (layer) => {
      const x = tf.tensor([3, 4, 0, 0, -6, 8], [1, 1, 3, 2]);
      // Root mean squares: sqrt(12.5), sqrt(1e-8), sqrt(50).
      const expected = [
        3 / Math.sqrt(12.5),
        4 / Math.sqrt(12.5),
        0,
        0,
        -6 / Math.sqrt(50),
        8 / Math.sqrt(50),
      ];
      expectValues(layer.apply(x) as tf.Tensor, expected);
    }));
});

describe('minibatch standard deviation', () => {
  const deviation = (variance: number): number => Math.sqrt(variance + 1e-8);

  it('adds a channel with the mean deviation within each group', () =>
    use(minibatchStandardDeviation({ groupSize: 2 }), (layer) => {
      // Two groups, samples 0 and 2, samples 1 and 3, of 1 x 2 pixels and one channel.
      const x = tf.tensor([1, 5, 0, 0, 3, 5, 0, 8], [4, 1, 2, 1]);
      // Variances of the first group: 1 and 0; of the second: 0 and 16.
      const [first, second] = [(deviation(1) + deviation(0)) / 2, (deviation(0) + deviation(16)) / 2];
      const expected = [1, first, 5, first, 0, second, 0, second, 3, first, 5, first, 0, second, 8, second];
      expectValues(layer.apply(x) as tf.Tensor, expected);
    }));

  it('takes the largest divisor of the batch as the size of the group, also of vectors', () =>
    use(minibatchStandardDeviation(), (layer) => {
      // Batch 3: groups of 3. Variances: 2 / 3 and 0.
      const x = tf.tensor([1, 7, 2, 7, 3, 7], [3, 2]);
      const added = (deviation(2 / 3) + deviation(0)) / 2;
      expectValues(tf.slice(layer.apply(x) as tf.Tensor, [0, 2]), [added, added, added]);
      expect(layer.computeOutputShape([null, 2])).toEqual([null, 3]);
    }));
});

describe('self-attention', () => {
  it('starts as the identity', () =>
    use(selfAttention(), (layer) => {
      const x = draw(1, [2, 3, 3, 8]);
      expectValues(layer.apply(x) as tf.Tensor, Array.from(x.dataSync()));
    }));

  it('adds what every pixel gathers from all pixels', () =>
    use(selfAttention({ reduction: 2 }), (layer) => {
      const x = draw(1, [2, 1, 3, 4]);
      const [query, key, value, output] = [2, 3, 4].map((seed) => draw(seed, [4, 2])).concat(draw(5, [2, 4]));
      withWeights(layer, x, [query, key, value, output, tf.scalar(0.7)]);

      const pixels = (x.arraySync() as number[][][][]).map(([row]) => row);
      const project = (pixel: number[], kernel: tf.Tensor): number[] => {
        const rows = kernel.arraySync() as number[][];
        return rows[0].map((_, column) =>
          pixel.reduce((sum, entry, row) => sum + entry * rows[row][column], 0),
        );
      };
      const expected = pixels.flatMap((sample) =>
        sample.flatMap((pixel) => {
          const asked = project(pixel, query);
          const scores = sample.map((other) =>
            Math.exp(project(other, key).reduce((sum, entry, i) => sum + entry * asked[i], 0)),
          );
          const total = scores.reduce((sum, score) => sum + score, 0);
          const gathered = [0, 1].map((i) =>
            sample.reduce((sum, other, at) => sum + (scores[at] / total) * project(other, value)[i], 0),
          );
          const back = project(gathered, output);
          return pixel.map((entry, i) => entry + 0.7 * back[i]);
        }),
      );
      expectValues(layer.apply(x) as tf.Tensor, expected);
    }));

  it('draws from its seed', () => {
    const weights = [1, 1, 2].map((seed) => {
      const layer = selfAttention({ seed });
      tf.tidy(() => void layer.apply(tf.zeros([1, 2, 2, 8])));
      const values = layer.weights[0].read().dataSync().slice();
      layer.dispose();
      return values;
    });
    expect(weights[1]).toEqual(weights[0]);
    expect(weights[2]).not.toEqual(weights[0]);
  });
});

describe('conditional batch norm', () => {
  const scale = [1, 2, 3, 4, 5, 6];
  const offset = [0, 1, 0, -1, 2, 0];

  it('normalises over the batch in training, and scales by the row of the label', () =>
    use(conditionalBatchNorm({ classes: 3, momentum: 0.9 }), (layer) => {
      const x = draw(1, [3, 1, 2, 2]);
      const labels = tf.tensor([2, 0, 2], [3, 1]);
      withWeights(layer, [x, labels], [tf.tensor(scale, [3, 2]), tf.tensor(offset, [3, 2])]);
      const values = Array.from(x.dataSync());
      const channels = [0, 1].map((channel) => values.filter((_, i) => i % 2 === channel));
      const means = channels.map(mean);
      const variances = channels.map((channel, c) => mean(channel.map((value) => (value - means[c]) ** 2)));
      const expected = values.map((value, i) => {
        const channel = i % 2;
        const row = [2, 0, 2][Math.floor(i / 4)];
        const normalized = (value - means[channel]) / Math.sqrt(variances[channel] + 1e-5);
        return normalized * scale[2 * row + channel] + offset[2 * row + channel];
      });
      expectValues(layer.apply([x, labels], { training: true }) as tf.Tensor, expected);
      expectValues(
        layer.weights[2].read(),
        means.map((value) => 0.1 * value),
      );
      expectValues(
        layer.weights[3].read(),
        variances.map((value) => 0.9 + 0.1 * value),
      );
    }));

  it('uses moving averages in inference and leaves them', () =>
    use(conditionalBatchNorm({ classes: 3 }), (layer) => {
      const x = tf.tensor([1, 2, 3, 4], [2, 2]);
      const labels = tf.tensor([1, 0], [2], 'int32');
      const averages = [tf.tensor1d([1, -1]), tf.tensor1d([4, 9])];
      withWeights(layer, [x, labels], [tf.tensor(scale, [3, 2]), tf.tensor(offset, [3, 2]), ...averages]);
      const expected = [(0 / 2) * 3 + 0, (3 / 3) * 4 - 1, (2 / 2) * 1 + 0, (5 / 3) * 2 + 1];
      expectValues(layer.apply([x, labels]) as tf.Tensor, expected);
      expectValues(layer.weights[2].read(), [1, -1]);
    }));

  it('takes labels one-hot, or as weights of the classes', () =>
    use(conditionalBatchNorm({ classes: 3 }), (layer) => {
      const x = tf.tensor([1, 2, 3, 4], [2, 2]);
      const labels = tf.tensor([0, 1, 0, 0.5, 0, 0.5], [2, 3]);
      // With epsilon the variance is 1.
      const averages = [tf.zeros([2]), tf.fill([2], 1 - 1e-5)];
      withWeights(layer, [x, labels], [tf.tensor(scale, [3, 2]), tf.tensor(offset, [3, 2]), ...averages]);
      const of = (values: number[], label: number, channel: number) => values[2 * label + channel];
      const mean = (values: number[], channel: number) =>
        (of(values, 0, channel) + of(values, 2, channel)) / 2;
      const expected = [
        1 * of(scale, 1, 0) + of(offset, 1, 0),
        2 * of(scale, 1, 1) + of(offset, 1, 1),
        3 * mean(scale, 0) + mean(offset, 0),
        4 * mean(scale, 1) + mean(offset, 1),
      ];
      expectValues(layer.apply([x, labels]) as tf.Tensor, expected);
    }));

  it('without labels equals the batch norm of TensorFlow.js', () =>
    use(conditionalBatchNorm({ momentum: 0.9 }), (layer) => {
      const x = draw(1, [3, 2, 2, 2]);
      const plain = layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 });
      const wanted = plain.apply(x, { training: true }) as tf.Tensor;
      expectValues(layer.apply(x, { training: true }) as tf.Tensor, Array.from(wanted.dataSync()));
      expectValues(layer.apply(x) as tf.Tensor, Array.from((plain.apply(x) as tf.Tensor).dataSync()));
      plain.dispose();
    }));

  it('says what is missing', () => {
    const [x, labels] = [tf.zeros([2, 3]), tf.zeros([2, 1])];
    expect(() => conditionalBatchNorm().apply([x, labels])).toThrow(
      'conditionalBatchNorm.classes: is needed',
    );
    const wide = tf.zeros([2, 5]);
    expect(() => conditionalBatchNorm({ classes: 4 }).apply([x, wide])).toThrow(
      'labels must be one-hot labels of 4 numbers, one for each class, got 5 numbers',
    );
    tf.dispose([x, labels, wide]);
  });
});

describe('projection head', () => {
  const features = [1, 2, -1, 0, 3, 1];

  it('adds the product of the features with the row of the label', () =>
    use(projectionHead({ classes: 2 }), (layer) => {
      const x = tf.tensor(features, [2, 3]);
      const labels = tf.tensor([1, 0], [2, 1]);
      const weights = [
        tf.tensor([1, -1, 2], [3, 1]),
        tf.tensor1d([0.5]),
        tf.tensor([1, 1, 1, 0, 2, 3], [2, 3]),
      ];
      withWeights(layer, [x, labels], weights);
      // <w, x> + b: 1 - 2 - 2 + 0.5 and 0 - 3 + 2 + 0.5; <V[1], x> = 4 - 3, <V[0], x> = 4.
      expectValues(layer.apply([x, labels]) as tf.Tensor, [-2.5 + 1, -0.5 + 4]);
    }));

  it('without labels is a dense layer', () =>
    use(projectionHead(), (layer) => {
      const x = tf.tensor(features, [2, 3]);
      withWeights(layer, x, [tf.tensor([1, -1, 2], [3, 1]), tf.tensor1d([0.5])]);
      expectValues(layer.apply(x) as tf.Tensor, [-2.5, -0.5]);
      expect(layer.weights).toHaveLength(2);
    }));
});

describe('global sum pooling', () => {
  it('sums each channel', () =>
    use(new GlobalSumPooling2D({}), (layer) => {
      expectValues(layer.apply(tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2])) as tf.Tensor, [16, 20]);
    }));
});
