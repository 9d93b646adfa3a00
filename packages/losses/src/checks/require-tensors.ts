import type * as tf from '@tensorflow/tfjs-core';
import { ShapeError } from '@dist-gan/core';

/**
 * Refuses a missing or empty tensor: the mean over nothing is NaN.
 *
 * @param where the function that was called, for the message
 * @param tensors by argument name
 */
export function requireTensors(where: string, tensors: Readonly<Record<string, tf.Tensor>>): void {
  for (const [argument, tensor] of Object.entries(tensors)) {
    const shape = (tensor as tf.Tensor | undefined)?.shape;
    if (!Array.isArray(shape)) {
      throw new ShapeError(
        `${where}: ${argument} must be a tensor, got ${typeof tensor}; pass all of ${Object.keys(tensors).join(', ')}`,
        argument,
        [],
        'a tensor',
      );
    }
    if (tensor.size === 0) {
      throw new ShapeError(
        `${where}: ${argument} has no elements (shape [${shape.join(', ')}]); pass at least one sample`,
        argument,
        shape,
        'at least one element',
      );
    }
  }
}

/** Refuses tensors whose shapes differ from the first one's. */
export function requireSameShape(where: string, tensors: Readonly<Record<string, tf.Tensor>>): void {
  requireTensors(where, tensors);
  const [[firstName, first], ...rest] = Object.entries(tensors);
  for (const [argument, tensor] of rest) {
    if (tensor.shape.join() === first.shape.join()) continue;
    throw new ShapeError(
      `${where}: ${argument} has shape [${tensor.shape.join(', ')}] but ${firstName} has [${first.shape.join(', ')}]; they must be equal`,
      argument,
      tensor.shape,
      `[${first.shape.join(', ')}]`,
    );
  }
}
