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
    const shape = rowShape(networks);
    const rowLength = shape.reduce((product, size) => product * size, 1);
    return applyInOrder(networks, tf.tensor(batch, [batch.length / rowLength, ...shape]), training);
  });
  return readAndDispose(output);
}

/**
 * The first output of the last network, each applied to the first output of the one before. What layers keep beside weights
 * moves in training mode, the vectors of spectral norm for instance; it is put back, or a batch would depend on those before it.
 *
 * @param rows `[batch, ...rowShape]`
 * @returns call it inside a tidy
 */
export function applyInOrder(networks: readonly LayersModel[], rows: tf.Tensor, training = true): tf.Tensor {
  const { values, labels } = splitRows(networks, rows);
  const kept = networks.flatMap(nonTrainableWeights);
  const before = kept.map((variable) => tf.clone(variable));
  const output = networks.reduce(
    (x, network) => applyNetwork(network, classesOf(network) === 0 ? x : [x, labels!], training)[0],
    values,
  );
  kept.forEach((variable, i) => variable.assign(before[i]));
  return output;
}

/**
 * Shape of one row of what networks take, one after the other: what the first takes; where one of them is conditioned on a class,
 * its numbers in a row and then the class, one-hot.
 */
export function rowShape(networks: readonly LayersModel[]): number[] {
  const shape = networks[0].inputs[0].shape.slice(1) as number[];
  const classes = classesOfChain(networks);
  return classes === 0 ? shape : [tf.util.sizeFromShape(shape) + classes];
}

function splitRows(
  networks: readonly LayersModel[],
  rows: tf.Tensor,
): { values: tf.Tensor; labels?: tf.Tensor } {
  const classes = classesOfChain(networks);
  if (classes === 0) return { values: rows };
  const shape = networks[0].inputs[0].shape.slice(1) as number[];
  const [values, labels] = tf.split(rows, [tf.util.sizeFromShape(shape), classes], 1);
  return { values: tf.reshape(values, [rows.shape[0], ...shape]), labels };
}

const classesOfChain = (networks: readonly LayersModel[]) => Math.max(...networks.map(classesOf));
