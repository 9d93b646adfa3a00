import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Expects the gradient of a value with respect to variables to be right: checked against central differences along
 * its own direction. Along the gradient, a step of h changes the value by h times the gradient's squared norm.
 */
export function expectRightGradient(value: () => tf.Scalar, variables: tf.Variable[]): void {
  tf.tidy(() => {
    const { value: middle, grads } = tf.variableGrads(value, variables);
    // TensorFlow.js gives no gradient to a variable that the value does not depend on.
    const gradients = variables.map(
      (variable) => (grads[variable.name] as tf.Tensor | null) ?? tf.zerosLike(variable),
    );
    const squaredNorm = tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))).dataSync()[0];
    expect(squaredNorm, 'squared norm of the gradient').toBeGreaterThan(0);

    const at = (h: number): number => {
      const kept = variables.map((variable) => tf.clone(variable));
      variables.forEach((variable, i) => variable.assign(tf.add(variable, tf.mul(h, gradients[i]))));
      const result = value().dataSync()[0];
      variables.forEach((variable, i) => variable.assign(kept[i]));
      return result;
    };
    // Where a unit crosses its kink, the value jumps: the median of three steps, which move the value by these parts
    // of itself, is not moved by one jump.
    const ratios = [3e-3, 1e-3, 3e-4].map((part) => {
      const h = (part * middle.dataSync()[0]) / squaredNorm;
      return (at(h) - at(-h)) / (2 * h) / squaredNorm;
    });
    const median = ratios.sort((a, b) => a - b)[1];
    expect(median).toBeGreaterThan(0.99);
    expect(median).toBeLessThan(1.01);
  });
}
