import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '../registry/gradient-definitions.js';

/** What follows the name of an operation in the scope that TensorFlow.js opens for it. */
export const operationSuffix = '__op';

type Inputs = Readonly<Record<string, tf.Tensor | undefined>>;

/**
 * Operations with a custom gradient inside tfjs-core that only wrap one kernel: what they run is recorded in
 * their place. Their own gradients leave out dilation and how sizes are rounded.
 */
export const wrappingOperations: ReadonlySet<string> = new Set(
  ['fusedMatMul', 'fusedConv2d', 'fusedDepthwiseConv2d'].map((name) => name + operationSuffix),
);

/**
 * Those kernels as the ones that they are made of. TensorFlow.js fuses no activation while a gradient is being
 * recorded, so the bias is all that follows.
 */
export const composedKernels: ReadonlyMap<
  string,
  (inputs: Inputs, attributes: tf.NamedAttrMap) => tf.Tensor
> = new Map([
  [
    tf._FusedMatMul,
    ({ a, b, bias }: Inputs, { transposeA, transposeB }: tf.NamedAttrMap) =>
      withBias(runKernel(tf.BatchMatMul, { a: a!, b: b! }, { transposeA, transposeB }), bias),
  ],
  [tf.FusedConv2D, convolutionWithBias(tf.Conv2D)],
  [tf.FusedDepthwiseConv2D, convolutionWithBias(tf.DepthwiseConv2dNative)],
]);

function convolutionWithBias(kernelName: string) {
  return (
    { x, filter, bias }: Inputs,
    { strides, pad, dataFormat, dilations, dimRoundingMode }: tf.NamedAttrMap,
  ) => {
    const attributes = { strides, pad, dataFormat, dilations, dimRoundingMode };
    return withBias(runKernel(kernelName, { x: x!, filter: filter! }, attributes), bias);
  };
}

const withBias = (value: tf.Tensor, bias: tf.Tensor | undefined) =>
  bias === undefined ? value : tf.add(value, bias);

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
