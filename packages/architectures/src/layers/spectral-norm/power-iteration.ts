import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';

/** Before the first step, so that a network that was never trained is normalised too; as many as PyTorch does. */
const initialIterations = 15;

/** Keeps a division by the length of a zero vector, or by the norm of a zero matrix, from giving NaN. */
const epsilon = 1e-12;

/** `addWeight` of a layer, which only the layer itself may call. */
export type AddWeight = (
  name: string,
  shape: number[],
  dtype: 'float32',
  initializer: ReturnType<typeof initializers.zeros>,
  regularizer?: undefined,
  trainable?: boolean,
) => LayerVariable;

/**
 * The largest singular value of a matrix that changes slowly, by one or more power iterations each time it is
 * asked for in training mode. The singular vectors are state, and constants for gradients: the derivative of the
 * value is left right^T, at every order.
 */
export class PowerIteration {
  private readonly left: LayerVariable;
  private readonly right: LayerVariable;

  /**
   * @param matrix `[rows, columns]`, as it is at the start
   * @param iterations in each call in training mode
   */
  constructor(
    addWeight: AddWeight,
    name: string,
    matrix: tf.Tensor,
    private readonly iterations: number,
  ) {
    const [rows, columns] = matrix.shape;
    const addState = (state: string, length: number): LayerVariable =>
      addWeight(`${name}-${state}`, [length, 1], 'float32', initializers.zeros(), undefined, false);
    this.left = addState('left-vector', rows);
    this.right = addState('right-vector', columns);
    tf.tidy(() => {
      this.right.write(tf.tensor(RandomStream.fromSeed(0).normal(columns), [columns, 1]));
      this.iterate(matrix, initialIterations);
    });
  }

  /** The largest singular value, a scalar. */
  largestSingularValue(matrix: tf.Tensor, training: boolean): tf.Tensor {
    if (training) this.iterate(matrix, this.iterations);
    const value = tf.sum(tf.mul(this.left.read(), tf.matMul(matrix, this.right.read())));
    return tf.add(value, epsilon);
  }

  private iterate(matrix: tf.Tensor, iterations: number): void {
    for (let i = 0; i < iterations; i++) {
      this.left.write(toUnitLength(tf.matMul(matrix, this.right.read())));
      this.right.write(toUnitLength(tf.matMul(matrix, this.left.read(), true)));
    }
  }
}

function toUnitLength(vector: tf.Tensor): tf.Tensor {
  return tf.div(vector, tf.add(tf.sqrt(tf.sum(tf.square(vector))), epsilon));
}
