import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readAndDispose } from '../read-and-dispose.js';
import { applyNetwork } from './apply-network.js';
import { nonTrainableWeights } from './build-networks.js';
import { classesOf } from './classes.js';

/**
 * One batch through networks, one after the other, on the active TensorFlow.js backend. In training mode (default) batch norm
 * uses the statistics of the batch; what layers keep beside weights is put back afterwards.
 *
 * @param batch `[batch, ...]` row-major: what the first network takes
 * @returns the first output of the last network
 */
export async function applyEagerly(
  networks: readonly LayersModel[],
  batch: Float32Array,
  { training = true } = {},
): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const averages = networks.flatMap(nonTrainableWeights);
    const before = averages.map((average) => tf.clone(average));
    const shape = rowShape(networks[0]);
    const rowLength = shape.reduce((product, size) => product * size, 1);
    const result = applyInOrder(networks, tf.tensor(batch, [batch.length / rowLength, ...shape]), training);
    averages.forEach((average, i) => average.assign(before[i]));
    return result;
  });
  return readAndDispose(output);
}

/**
 * The first output of the last network, each applied to the first output of the one before.
 *
 * @param rows `[batch, ...rowShape]` of the first network
 */
export function applyInOrder(networks: readonly LayersModel[], rows: tf.Tensor, training = true): tf.Tensor {
  const [first, ...others] = networks;
  const [output] = applyNetwork(first, splitRows(first, rows), training);
  return others.reduce((x, network) => applyNetwork(network, x, training)[0], output);
}

/** Shape of one row of what a network takes: of a generator that is conditioned on a class, latents and then the class, one-hot. */
export function rowShape(network: LayersModel): number[] {
  const shape = network.inputs[0].shape.slice(1) as number[];
  const classes = classesOf(network);
  return classes === 0 ? shape : [shape[0] + classes];
}

function splitRows(network: LayersModel, rows: tf.Tensor): tf.Tensor | tf.Tensor[] {
  const classes = classesOf(network);
  return classes === 0 ? rows : tf.split(rows, [network.inputs[0].shape[1]!, classes], 1);
}
