import * as tf from '@tensorflow/tfjs-core';
import { toTensors, type InputValues } from './loss-inputs.js';
import type { LossSubject } from './loss-subject.js';

/** The loss at these values, read as a number. Throws when it is not a scalar. */
export function evaluateLoss(subject: LossSubject, values: InputValues, logitsRank: 1 | 2 = 2): number {
  return tf.tidy(() => {
    const loss = subject.loss(toTensors(subject, values, logitsRank));
    if (loss.rank !== 0) throw new Error(`the loss must be a scalar, but has the shape [${loss.shape}]`);
    return loss.dataSync()[0];
  });
}

/** The derivative of the loss with respect to every entry of every input. */
export function evaluateGradients(subject: LossSubject, values: InputValues): Record<string, number[]> {
  const names = Object.keys(subject.inputs);
  // A function that throws under the gradient tape leaks the tensors on it: find out before.
  evaluateLoss(subject, values);
  return tf.tidy(() => {
    const tensors = toTensors(subject, values);
    const gradients = tf.grads((...given: tf.Tensor[]) => {
      const loss = subject.loss(Object.fromEntries(names.map((name, i) => [name, given[i]])));
      // TensorFlow.js throws for an input that the loss does not depend on: tie each in with weight 0.
      const ties = given.map((tensor) => tf.mul(0, tf.sum(tensor)));
      return tf.addN([loss, ...ties]);
    })(names.map((name) => tensors[name]));
    return Object.fromEntries(names.map((name, i) => [name, [...gradients[i].dataSync()]]));
  });
}

/** Central differences with step `h`: an estimate of the same derivatives from values alone. */
export function centralDifferences(
  evaluate: (values: InputValues) => number,
  values: InputValues,
  h: number,
): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, numbers]) => [
      name,
      numbers.map((number, i) => {
        const at = (value: number): number => evaluate({ ...values, [name]: numbers.with(i, value) });
        return (at(number + h) - at(number - h)) / (2 * h);
      }),
    ]),
  );
}
