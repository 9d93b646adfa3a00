import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The weights that training changes. */
export function trainable(model: LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** All weights, moving averages and power iterations too. */
export function allWeights(model: LayersModel): tf.Variable[] {
  return model.weights.map((weight) => weight.read() as tf.Variable);
}

/** A model's first output in training mode: the logits of a discriminator. */
export function applyNetwork(model: LayersModel, inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  const outputs = model.apply(inputs, { training: true }) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs[0] : outputs;
}

/** Mean of the squared entries of the gradient of f's sum with respect to x. */
export function gradientPenalty(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Scalar {
  return tf.mean(tf.square(tf.grad((x) => tf.sum(f(x)))(x)));
}

/** One step of gradient descent on a loss; the loss. */
export function descend(loss: () => tf.Tensor, variables: tf.Variable[]): tf.Scalar {
  const { value, grads } = tf.variableGrads(() => loss() as tf.Scalar, variables);
  for (const variable of variables) {
    const gradient = grads[variable.name] as tf.Tensor | null;
    if (gradient) variable.assign(tf.sub(variable, tf.mul(0.05, gradient)));
  }
  return value;
}
