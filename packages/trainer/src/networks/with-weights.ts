import { ShapeError } from '@dist-gan/core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Where TensorFlow.js's layers keep the variable that they read. */
interface LayerVariable {
  val: Tensor;
  read(): Tensor;
}

/**
 * What `compute` gives while the trainable weights of a network read as other tensors.
 *
 * @throws ShapeError unless there is one tensor of the same shape for each weight
 */
export function withWeights<Result>(
  network: LayersModel,
  weights: readonly Tensor[],
  compute: () => Result,
): Result {
  const holders = network.trainableWeights as unknown as LayerVariable[];
  const own = holders.map((holder) => holder.val) as Variable[];
  const shapes = (tensors: readonly Tensor[]) =>
    tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(' ');
  if (shapes(own) !== shapes(weights)) {
    throw new ShapeError(
      `withWeights: the weights have the shapes ${shapes(weights)}, wanted those of the network: ${shapes(own)}`,
      'weights',
      [weights.length],
      shapes(own),
    );
  }
  holders.forEach((holder, i) => (holder.val = weights[i]));
  try {
    return compute();
  } finally {
    holders.forEach((holder, i) => (holder.val = own[i]));
  }
}
