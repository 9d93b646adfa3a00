import * as tf from '@tensorflow/tfjs-core';
import {
  type GradientDefinition,
  binaryGradient,
  sumToShape,
  toFloat,
} from '../registry/gradient-definitions.js';

export const addGradient = binaryGradient(tf.Add, { a: (dy) => tf.clone(dy), b: (dy) => tf.clone(dy) });

export const addNGradient: GradientDefinition = {
  kernelName: tf.AddN,
  saveAllInputs: true,
  gradFunc: (dy, saved) =>
    Object.fromEntries(saved.map((_, position) => [position, () => tf.clone(dy as tf.Tensor)])),
};

/** The sums over broadcast axes come before the sign and the division, on the smaller tensor. */
export const subtractGradient: GradientDefinition = {
  kernelName: tf.Sub,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => ({
    a: () => sumToShape(tf.clone(dy as tf.Tensor), a.shape),
    b: () => tf.neg(sumToShape(dy as tf.Tensor, b.shape)),
  }),
};

export const multiplyGradient = binaryGradient(tf.Multiply, {
  a: (dy, _a, b) => tf.mul(dy, b),
  b: (dy, a) => tf.mul(dy, a),
});

export const divideGradient: GradientDefinition = {
  kernelName: tf.RealDiv,
  inputsToSave: ['a', 'b'],
  gradFunc: (upstream, saved) => {
    const dy = upstream as tf.Tensor;
    const [a, b] = saved.map(toFloat);
    return {
      a: () => sumToShape(tf.div(dy, b), a.shape),
      b: () => tf.neg(tf.div(sumToShape(tf.mul(dy, a), b.shape), tf.square(b))),
    };
  },
};

/** mod(a, b) = a - b floor(a / b), the floor taken for constant. */
export const moduloGradient = binaryGradient(tf.Mod, {
  a: (dy) => tf.clone(dy),
  b: (dy, a, b) => tf.mul(dy, tf.neg(tf.floor(tf.div(a, b)))),
});

export const atan2Gradient = binaryGradient(tf.Atan2, {
  a: (dy, a, b) => tf.mul(dy, tf.div(b, tf.add(tf.square(a), tf.square(b)))),
  b: (dy, a, b) => tf.neg(tf.mul(dy, tf.div(a, tf.add(tf.square(a), tf.square(b))))),
});
