import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, zeroGradient } from '../registry/gradient-definitions.js';

/** Reading at indices: the gradient is added back at these indices. Stock has none. */
export const gatherNdGradient: GradientDefinition = {
  kernelName: tf.GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (upstream, saved) => {
    const [values, indices] = saved as [tf.Tensor, tf.Tensor];
    return {
      params: () => tf.scatterND(indices, upstream as tf.Tensor, values.shape),
      indices: () => zeroGradient(indices),
    };
  },
};

/** Adding at indices: the gradient is read back at these indices. Stock has none. */
export const scatterNdGradient: GradientDefinition = {
  kernelName: tf.ScatterNd,
  inputsToSave: ['indices'],
  gradFunc: (upstream, saved) => {
    const indices = saved[0];
    return {
      updates: () => tf.gatherND(upstream as tf.Tensor, indices),
      indices: () => zeroGradient(indices),
    };
  },
};

/** Writing at indices, each of which stands once: what was written over receives nothing. Stock has none. */
export const tensorScatterUpdateGradient: GradientDefinition = {
  kernelName: tf.TensorScatterUpdate,
  inputsToSave: ['indices', 'updates'],
  gradFunc: (upstream, [indices, updates]) => {
    const dy = upstream as tf.Tensor;
    return {
      tensor: () => tf.tensorScatterUpdate(dy, indices, tf.zeros(updates.shape)),
      updates: () => tf.gatherND(dy, indices),
      indices: () => zeroGradient(indices),
    };
  },
};
