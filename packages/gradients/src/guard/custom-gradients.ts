import * as tf from '@tensorflow/tfjs-core';

let trusted = 0;

/** Whether the custom gradient that is being run was declared right by its author. */
export function isTrusted(): boolean {
  return trusted > 0;
}

/**
 * `tf.customGrad` for a function that may stand inside a gradient penalty.
 *
 * A custom gradient is right at second order only if its backward function is written in differentiable
 * operations of the *inputs* (never of saved results, which TensorFlow.js takes for constants). Nobody can
 * check that from outside, so an ordinary `tf.customGrad` inside a penalty is an error after
 * {@link installSecondOrderGradients}; this function is how its author vouches for one.
 *
 * @param f as for `tf.customGrad`: (inputs..., save) => { value, gradFunc }.
 */
export function trustedCustomGradient<T extends tf.Tensor>(
  f: Parameters<typeof tf.customGrad<T>>[0],
): (...inputs: tf.Tensor[]) => T {
  const operation = tf.customGrad(f);
  return (...inputs) => {
    trusted++;
    try {
      return operation(...inputs);
    } finally {
      trusted--;
    }
  };
}
