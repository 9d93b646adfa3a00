import '../install-gradients.js';
import { OptionError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';

export interface UnrolledAdam {
  /** Updates that are looked through. */
  readonly steps: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** Keeps the root's gradient finite where a weight has no gradient. */
const insideRoot = 1e-16;
const epsilon = 1e-8;

/**
 * Weights after some updates by Adam that start with empty moments, as a function that can be differentiated: Unrolled GAN's
 * look ahead. A gradient of what is made of them flows back through every update, into whatever `loss` depends on.
 *
 * Costs a forward and a backward pass of the loss for each step, and all of them again in the backward pass after.
 *
 * @param arguments_ `loss`: weights to a scalar; `weights`: where to start
 * @returns tensors of the weights' shapes, in their order; call it inside a tidy
 * @throws OptionError unless the number of steps is a whole number of 0 or more
 * @throws GradientError when `loss` uses an operation without a proved second-order gradient
 * @see Metz et al., "Unrolled generative adversarial networks", 2016, arXiv 1611.02163, Eq 7 to 10
 */
export function unrolledWeights(
  arguments_: {
    readonly loss: (weights: readonly tf.Tensor[]) => tf.Scalar;
    readonly weights: readonly tf.Tensor[];
  },
  { steps, learningRate, beta1, beta2 }: UnrolledAdam,
): tf.Tensor[] {
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new OptionError(
      `unrolledWeights: steps must be a whole number of 0 or more, got ${steps}`,
      'steps',
      steps,
    );
  }
  const gradients = tf.grads((...weights: tf.Tensor[]) => arguments_.loss(weights));
  let weights = [...arguments_.weights];
  let first = weights.map((weight): tf.Tensor => tf.zerosLike(weight));
  let second = first;
  for (let step = 1; step <= steps; step++) {
    const gradient = gradients(weights);
    first = first.map((m, i) => tf.add(tf.mul(beta1, m), tf.mul(1 - beta1, gradient[i])));
    second = second.map((v, i) => tf.add(tf.mul(beta2, v), tf.mul(1 - beta2, tf.square(gradient[i]))));
    const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    weights = weights.map((weight, i) => {
      const size = tf.add(tf.sqrt(tf.add(second[i], insideRoot)), epsilon);
      return tf.sub(weight, tf.div(tf.mul(rate, first[i]), size));
    });
  }
  return weights;
}
