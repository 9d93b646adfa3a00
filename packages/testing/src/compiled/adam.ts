import * as tf from '@tensorflow/tfjs-core';

/** Adam with its slots in variables and nothing but assigns, so that a step with it can be compiled: decays 0.5 and 0.9. */
export class Adam {
  private readonly slots: { variable: tf.Variable; first: tf.Variable; second: tf.Variable }[];
  private readonly powers: { first: tf.Variable; second: tf.Variable };

  /** @param variables what it updates */
  constructor(variables: readonly tf.Variable[]) {
    const zero = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
    this.slots = variables.map((variable) => ({ variable, first: zero(variable), second: zero(variable) }));
    this.powers = tf.tidy(() => ({
      first: tf.variable(tf.scalar(1), false),
      second: tf.variable(tf.scalar(1), false),
    }));
  }

  /** One update. @param grads by the names of the variables @param learningRate a scalar */
  update(grads: tf.NamedTensorMap, learningRate: tf.Tensor): void {
    const [beta1, beta2, epsilon] = [0.5, 0.9, 1e-8];
    this.powers.first.assign(tf.mul(this.powers.first, beta1));
    this.powers.second.assign(tf.mul(this.powers.second, beta2));
    const correction = tf.div(tf.sqrt(tf.sub(1, this.powers.second)), tf.sub(1, this.powers.first));
    const rate = tf.mul(learningRate, correction);
    for (const { variable, first, second } of this.slots) {
      const gradient = grads[variable.name];
      first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
      second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
      variable.assign(tf.sub(variable, tf.div(tf.mul(rate, first), tf.add(tf.sqrt(second), epsilon))));
    }
  }

  /** Its slots, for whoever disposes of them. */
  get variables(): tf.Variable[] {
    return [
      this.powers.first,
      this.powers.second,
      ...this.slots.flatMap(({ first, second }) => [first, second]),
    ];
  }
}
