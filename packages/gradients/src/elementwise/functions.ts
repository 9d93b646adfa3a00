import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, toFloat } from '../registry/gradient-definitions.js';

/** The share of the upstream gradient that the input of an elementwise function receives. */
type InputGradient = (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor;

/** Functions that are smooth wherever they are finite, each written in its input alone. */
const gradients: Readonly<Record<string, InputGradient>> = {
  [tf.Acos]: (dy, x) => tf.neg(tf.div(dy, tf.sqrt(tf.sub(1, tf.square(x))))),
  [tf.Acosh]: (dy, x) => tf.div(dy, tf.sqrt(tf.sub(tf.square(x), 1))),
  [tf.Asin]: (dy, x) => tf.div(dy, tf.sqrt(tf.sub(1, tf.square(x)))),
  [tf.Asinh]: (dy, x) => tf.div(dy, tf.sqrt(tf.add(1, tf.square(x)))),
  [tf.Atan]: (dy, x) => tf.div(dy, tf.add(tf.square(x), 1)),
  [tf.Atanh]: (dy, x) => tf.div(dy, tf.sub(1, tf.square(x))),
  [tf.Cos]: (dy, x) => tf.mul(tf.neg(tf.sin(x)), dy),
  [tf.Cosh]: (dy, x) => tf.mul(tf.sinh(x), dy),
  [tf.Erf]: (dy, x) => tf.mul(dy, tf.mul(tf.exp(tf.neg(tf.square(x))), 2 / Math.sqrt(Math.PI))),
  // Stock saves the output of Exp, which an outer gradient takes for a constant.
  [tf.Exp]: (dy, x) => tf.mul(dy, tf.exp(x)),
  [tf.Expm1]: (dy, x) => tf.mul(dy, tf.exp(x)),
  [tf.Log]: (dy, x) => tf.div(dy, x),
  [tf.Log1p]: (dy, x) => tf.div(dy, tf.add(x, 1)),
  [tf.Neg]: (dy) => tf.neg(dy),
  [tf.Reciprocal]: (dy, x) => tf.div(dy, tf.neg(tf.square(x))),
  [tf.Rsqrt]: (dy, x) => tf.neg(tf.div(dy, tf.mul(tf.pow(x, 1.5), 2))),
  [tf.Sin]: (dy, x) => tf.mul(tf.cos(x), dy),
  [tf.Sinh]: (dy, x) => tf.mul(tf.cosh(x), dy),
  [tf.Softplus]: (dy, x) => tf.mul(dy, tf.sigmoid(x)),
  [tf.Sqrt]: (dy, x) => tf.div(dy, tf.mul(tf.sqrt(x), 2)),
  [tf.Square]: (dy, x) => tf.mul(dy, tf.mul(x, 2)),
  [tf.Tan]: (dy, x) => tf.div(dy, tf.square(tf.cos(x))),
};

export const functionGradients: readonly GradientDefinition[] = Object.entries(gradients).map(
  ([kernelName, gradient]) => ({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => gradient(dy as tf.Tensor, toFloat(x)) }),
  }),
);
