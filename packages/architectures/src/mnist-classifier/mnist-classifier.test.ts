import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { convolution, dense } from '../../test/parameters.js';
import { mnistClassifier } from './mnist-classifier.js';

it('has a logit for each digit, and the weights that its layers say', () => {
  const network = mnistClassifier(RandomStream.fromSeed(1));
  const { shape } = network.outputs[0];
  const wanted = convolution(5, 1, 16) + convolution(5, 16, 32) + dense(7 * 7 * 32, 128) + dense(128, 10);
  expect({ shape, parameters: network.countParams() }).toEqual({ shape: [null, 10], parameters: wanted });
  network.dispose();
});

it('classifies a digit by itself: its logits do not depend on the batch', () => {
  const network = mnistClassifier(RandomStream.fromSeed(2), { width: 2 });
  tf.tidy(() => {
    const images = tf.randomUniform([3, 28, 28, 1], 0, 1, 'float32', 5);
    const together = network.apply(images, { training: true }) as tf.Tensor;
    const alone = network.predict(tf.slice(images, 1, 1)) as tf.Tensor;
    const distance = tf.max(tf.abs(tf.sub(tf.slice(together, 1, 1), alone))).dataSync()[0];
    expect(distance).toBeLessThan(1e-6);
  });
  network.dispose();
});

it('refuses a width that is none', () => {
  expect(() => mnistClassifier(RandomStream.fromSeed(1), { width: 0 })).toThrow(
    'mnist-classifier.width: must be 1 or more (got 0)',
  );
});
