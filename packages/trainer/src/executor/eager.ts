import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { nonTrainableWeights } from '../networks/build-networks.js';
import type { Executor, ExecutorOptions } from './executor.js';
import { packLosses } from './pack-losses.js';

/** Runs the step operation by operation on whichever TensorFlow.js backend is active. */
export function createEagerExecutor(options: ExecutorOptions): Executor {
  const { step, state, shapes, batchSize, latentDimension } = options;
  const packed = packLosses(step);
  return {
    id: 'eager',
    async run(feeds) {
      const losses = tf.tidy(() => {
        const inputs = Object.entries(feeds).map(([name, data]) => [
          name,
          tf.tensor(data, [...shapes[name]]),
        ]);
        return packed.run(Object.fromEntries(inputs) as Record<string, tf.Tensor>).losses;
      });
      return packed.unpack(await readAndDispose(losses));
    },
    async generate(role, latents) {
      const samples = tf.tidy(() =>
        applyKeepingAverages(state.networks[role], tf.tensor2d(latents, [batchSize, latentDimension])),
      );
      return readAndDispose(samples);
    },
    async readState() {},
    async dispose() {},
  };
}

/** A network's first output in training mode; what layers keep beside weights is put back afterwards. */
function applyKeepingAverages(network: LayersModel, input: tf.Tensor): tf.Tensor {
  const averages = nonTrainableWeights(network);
  const before = averages.map((average) => tf.clone(average));
  const output = network.apply(input, { training: true }) as tf.Tensor | tf.Tensor[];
  averages.forEach((average, i) => average.assign(before[i]));
  return Array.isArray(output) ? output[0] : output;
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
