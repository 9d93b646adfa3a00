import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readAndDispose } from '../read-and-dispose.js';
import { applyNetwork } from './apply-network.js';
import { nonTrainableWeights } from './build-networks.js';

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
    const rowShape = inputShape(networks[0]);
    const rowLength = rowShape.reduce((product, size) => product * size, 1);
    const result = applyInOrder(
      networks,
      tf.tensor(batch, [batch.length / rowLength, ...rowShape]),
      training,
    );
    averages.forEach((average, i) => average.assign(before[i]));
    return result;
  });
  return readAndDispose(output);
}

/** The first output of the last network, each applied to the first output of the one before. */
export function applyInOrder(networks: readonly LayersModel[], input: tf.Tensor, training = true): tf.Tensor {
  return networks.reduce((x, network) => applyNetwork(network, x, training)[0], input);
}

/** Shape of one row of what a network takes. */
export function inputShape(network: LayersModel): number[] {
  return network.inputs[0].shape.slice(1) as number[];
}
