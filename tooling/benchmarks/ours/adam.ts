import * as tf from '@tensorflow/tfjs-core';
import type { AdamSettings } from './workloads.js';

/**
 * Adam as tensor operations (Kingma & Ba 2015, with epsilon added to the corrected root, as PyTorch has it),
 * so that a recorded step contains it. `tf.train.adam` keeps its step count in JavaScript and would be
 * recorded with the first step's correction.
 */
export class Adam {
  private readonly count = tf.variable(tf.scalar(0), false);
  private readonly slots: { first: tf.Variable; second: tf.Variable }[];

  constructor(
    private readonly settings: AdamSettings,
    private readonly weights: readonly tf.Variable[],
  ) {
    this.slots = weights.map(({ shape }) => ({
      first: tf.variable(tf.zeros(shape), false),
      second: tf.variable(tf.zeros(shape), false),
    }));
  }

  /** Moves the weights one step down the gradient of `loss`, and returns the loss. */
  minimize(loss: () => tf.Scalar): tf.Scalar {
    const { learningRate, beta1, beta2, epsilon } = this.settings;
    const { value, grads } = tf.variableGrads(loss, [...this.weights]);
    this.count.assign(tf.add(this.count, 1));
    const firstCorrection = tf.sub(1, tf.pow(beta1, this.count));
    const secondCorrection = tf.sqrt(tf.sub(1, tf.pow(beta2, this.count)));
    const rate = tf.div(learningRate, firstCorrection);
    this.weights.forEach((weight, index) => {
      const gradient = grads[weight.name];
      const { first, second } = this.slots[index];
      first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
      second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
      const denominator = tf.add(tf.div(tf.sqrt(second), secondCorrection), epsilon);
      weight.assign(tf.sub(weight, tf.div(tf.mul(rate, first), denominator)));
    });
    return value;
  }

  dispose(): void {
    this.count.dispose();
    for (const { first, second } of this.slots) {
      first.dispose();
      second.dispose();
    }
  }
}
