import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readAndDispose } from '../read-and-dispose.js';
import { nonTrainableWeights } from './build-networks.js';

/**
 * One batch of samples on the active TensorFlow.js backend, in training mode: batch norm uses the statistics of the
 * batch. What layers keep beside weights is put back afterwards.
 *
 * @param latents `[batch, dimension]` row-major
 */
export async function generateEagerly(
  network: LayersModel,
  latents: Float32Array,
  dimension: number,
): Promise<Float32Array> {
  const samples = tf.tidy(() => {
    const averages = nonTrainableWeights(network);
    const before = averages.map((average) => tf.clone(average));
    const input = tf.tensor2d(latents, [latents.length / dimension, dimension]);
    const output = network.apply(input, { training: true }) as tf.Tensor | tf.Tensor[];
    averages.forEach((average, i) => average.assign(before[i]));
    return Array.isArray(output) ? output[0] : output;
  });
  return readAndDispose(samples);
}
