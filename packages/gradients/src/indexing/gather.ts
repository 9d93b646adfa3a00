import * as tf from '@tensorflow/tfjs-core';
import { GradientError } from '@dist-gan/core';
import { type GradientDefinition, zeroGradient } from '../registry/gradient-definitions.js';

/**
 * The gradient adds each gathered row back to where it was read: one ScatterNd.
 *
 * Stock uses UnsortedSegmentSum, which the wasm backend lacks and the CPU backend runs as three kernels per
 * row of x; its form for `batchDims` calls methods that exist only in the package `@tensorflow/tfjs`.
 */
export const gatherGradient: GradientDefinition = {
  kernelName: tf.GatherV2,
  inputsToSave: ['x', 'indices'],
  gradFunc: (upstream, saved, attributes) => {
    const dy = upstream as tf.Tensor;
    const [x, indices] = saved as [tf.Tensor, tf.Tensor];
    const axis = tf.util.parseAxisParam(attributes['axis'] as number, x.shape)[0];
    const batchDims = (attributes['batchDims'] as number | undefined) ?? 0;
    return {
      x: () =>
        batchDims === 0
          ? scatterAlong(axis, dy, x, indices)
          : scatterBatches(batchDims, axis, dy, x, indices),
      indices: () => zeroGradient(indices),
    };
  },
};

function scatterAlong(axis: number, dy: tf.Tensor, x: tf.Tensor, indices: tf.Tensor): tf.Tensor {
  const axisSize = x.shape[axis];
  const outer = tf.util.sizeFromShape(x.shape.slice(0, axis));
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1));
  const positions = tf.reshape(indices, [indices.size, 1]);
  if (outer === 1) {
    const rows = tf.reshape(dy, [indices.size, inner]);
    return tf.reshape(tf.scatterND(positions, rows, [axisSize, inner]), x.shape);
  }
  const rows = tf.transpose(tf.reshape(dy, [outer, indices.size, inner]), [1, 0, 2]);
  const scattered = tf.scatterND(positions, rows, [axisSize, outer, inner]);
  return tf.reshape(tf.transpose(scattered, [1, 0, 2]), x.shape);
}

function scatterBatches(
  batchDims: number,
  axis: number,
  dy: tf.Tensor,
  x: tf.Tensor,
  indices: tf.Tensor,
): tf.Tensor {
  if (axis !== batchDims) {
    throw new GradientError(
      `the gradient of gather with batchDims ${batchDims} needs axis ${batchDims}, got axis ${axis}; transpose x first`,
      tf.GatherV2,
    );
  }
  const batch = tf.util.sizeFromShape(x.shape.slice(0, batchDims));
  const axisSize = x.shape[axis];
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1));
  const firstRows = tf.mul(
    tf.reshape(tf.range(0, batch, 1, 'int32'), [batch, 1]),
    tf.scalar(axisSize, 'int32'),
  );
  const positions = tf.add(tf.reshape(indices, [batch, indices.size / batch]), firstRows);
  const rows = tf.reshape(dy, [indices.size, inner]);
  const scattered = tf.scatterND(tf.reshape(positions, [indices.size, 1]), rows, [batch * axisSize, inner]);
  return tf.reshape(scattered, x.shape);
}
