import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';

/** Before the first step, so that a network that was never trained is normalised too; as many as PyTorch does. */
const initialIterations = 15;

/** A matrix that stretches nothing by more is one of zeros. */
const epsilon = 1e-12;
/** Keeps a division by the length of a zero vector from giving NaN. */
const leastLength = 1e-30;

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
 *
 * A matrix of zeros has no such vectors: it leaves the right one as it is, for the matrix that comes of it.
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

  /** What the matrix is to be divided by: its largest singular value, a scalar; of a matrix of zeros 1. */
  divisor(matrix: tf.Tensor, training: boolean): tf.Tensor {
    if (training) this.iterate(matrix, this.iterations);
    const value = tf.sum(tf.mul(this.left.read(), tf.matMul(matrix, this.right.read())));
    const isZero = tf.sub(1, tf.step(tf.sub(tf.abs(value), epsilon)));
    return tf.add(value, isZero);
  }

  private iterate(matrix: tf.Tensor, iterations: number): void {
    for (let i = 0; i < iterations; i++) {
      this.left.write(direction(tf.matMul(matrix, this.right.read()), this.left.read()));
      this.right.write(direction(tf.matMul(matrix, this.left.read(), true), this.right.read()));
    }
  }
}

/** The vector with length 1; where it is zero, the one that was there before. */
function direction(vector: tf.Tensor, before: tf.Tensor): tf.Tensor {
  const either = tf.add(vector, tf.mul(epsilon, before));
  return tf.div(either, tf.add(tf.sqrt(tf.sum(tf.square(either))), leastLength));
}
