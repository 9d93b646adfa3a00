import * as tf from '@tensorflow/tfjs-core';

/** What follows the name of an operation in the scope that TensorFlow.js opens for it. */
export const operationSuffix = '__op';

/**
 * Custom gradients inside tfjs-core whose backward function uses only saved inputs: right at every order,
 * given the corrected gradients of the kernels that they call.
 */
export const provedCustomGradients: ReadonlySet<string> = new Set(
  ['fusedMatMul', 'fusedConv2d', 'fusedDepthwiseConv2d'].map((name) => name + operationSuffix),
);

/**
 * Custom gradients inside tfjs-core that are wrong: logSoftmax and softmaxCrossEntropy save a *result*, which an
 * outer gradient takes for a constant; logSigmoid saves nothing and reads its input after it was disposed.
 * Replaced by the same function composed of ordinary operations whenever a gradient is being recorded.
 */
export const composedCustomGradients: ReadonlyMap<string, (inputs: readonly tf.Tensor[]) => tf.Tensor> =
  new Map([
    [`logSigmoid${operationSuffix}`, ([x]: readonly tf.Tensor[]) => tf.neg(tf.softplus(tf.neg(x)))],
    [`logSoftmax${operationSuffix}`, ([logits]: readonly tf.Tensor[]) => composedLogSoftmax(logits)],
    [
      `softmaxCrossEntropy${operationSuffix}`,
      ([labels, logits]: readonly tf.Tensor[]) =>
        tf.neg(tf.sum(tf.mul(composedLogSoftmax(logits), labels), -1)),
    ],
  ]);

/** Log-softmax over the last axis: logits - max - log(sum(exp(logits - max))). */
function composedLogSoftmax(logits: tf.Tensor): tf.Tensor {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
}

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
