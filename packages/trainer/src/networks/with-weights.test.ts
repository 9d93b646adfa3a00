import { isGanError, RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { linearArchitecture } from '../../test/tiny.js';
import { applyNetwork } from './apply-network.js';
import { trainableWeights } from './build-networks.js';
import { withWeights } from './with-weights.js';

const shape = { sampleShape: [2], latentDimension: 1 };
const network = () => linearArchitecture().build('encoder', shape, RandomStream.fromSeed(1));
let built: ReturnType<typeof network>;
afterEach(() => built.dispose());

describe('withWeights', () => {
  it('lets a network read other weights, and its own again after', () => {
    built = network();
    const x = tf.tensor2d([[1, 10]]);
    const read = () => tf.tidy(() => applyNetwork(built, x)[0].dataSync()[0]);
    const own = read();
    const other = tf.tensor2d([[2], [3]]);
    expect(withWeights(built, [other], read)).toBe(32);
    expect(read()).toBe(own);
    expect(() =>
      withWeights(built, [other], () => {
        throw new Error('inside');
      }),
    ).toThrow('inside');
    expect(read()).toBe(own);
    tf.dispose([x, other]);
  });

  it('sends gradients into the weights that it is given, and through what made them', () => {
    built = network();
    const gradient = tf.tidy(() => {
      const x = tf.tensor2d([[1, 10]]);
      const f = (scale: tf.Tensor) =>
        withWeights(built, [tf.mul(scale, tf.tensor2d([[2], [3]]))], () => applyNetwork(built, x)[0]);
      return tf.grad(f)(tf.scalar(5)).dataSync()[0];
    });
    expect(gradient).toBe(32);
  });

  it('refuses weights of other shapes', () => {
    built = network();
    expect(trainableWeights(built)).toHaveLength(1);
    tf.tidy(() => {
      let error: unknown;
      try {
        withWeights(built, [tf.ones([2, 2])], () => 0);
      } catch (thrown) {
        error = thrown;
      }
      expect(isGanError(error, 'SHAPE_MISMATCH')).toBe(true);
      expect((error as Error).message).toContain('[2, 2], wanted those of the network: [2, 1]');
    });
  });
});
