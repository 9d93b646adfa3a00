import * as tf from '@tensorflow/tfjs-core';

/** A gradient as TensorFlow.js registers it: one kernel, what it saves, and its backward function. */
export type GradientDefinition = tf.GradConfig;

/** The attributes of a kernel call (axes, strides, ...), by name. */
export type Attributes = tf.NamedAttrMap;

/**
 * The gradient of an elementwise kernel with one input `x`: dy * derivative(x).
 *
 * The derivative is computed again from the saved input. A gradient that saves the kernel's *output*
 * instead is what makes stock second derivatives wrong: TensorFlow.js puts the saved copy on its tape
 * before the kernel that made it, so an outer gradient takes the copy for a constant.
 */
export function elementwiseGradient(
  kernelName: string,
  derivative: (x: tf.Tensor, attributes: Attributes) => tf.Tensor,
): GradientDefinition {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => ({
      x: () => tf.mul(dy as tf.Tensor, derivative(toFloat(saved[0]), attributes)),
    }),
  };
}

/** One operand's share of the upstream gradient, before broadcasting is undone: a new tensor. */
export type OperandGradient = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** The gradient of an elementwise kernel with two inputs `a` and `b` that broadcast against each other. */
export function binaryGradient(
  kernelName: string,
  gradients: { readonly a: OperandGradient; readonly b: OperandGradient },
): GradientDefinition {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (upstream, saved) => {
      const dy = upstream as tf.Tensor;
      const [a, b] = saved.map(toFloat);
      return {
        a: () => sumToShape(gradients.a(dy, a, b), a.shape),
        b: () => sumToShape(gradients.b(dy, a, b), b.shape),
      };
    },
  };
}

/** Undoes broadcasting: sums the axes along which a tensor of `shape` was repeated. */
export function sumToShape(tensor: tf.Tensor, shape: number[]): tf.Tensor {
  if (tf.util.arraysEqual(tensor.shape, shape)) return tensor;
  const axes = tf.broadcast_util.getReductionAxes(shape, tensor.shape);
  const summed = axes.length > 0 ? tf.sum(tensor, axes) : tensor;
  return tf.reshape(summed, shape);
}

/** Gradients are float32, whatever the type of the operands; a float32 tensor is returned as it is. */
export function toFloat(tensor: tf.Tensor): tf.Tensor {
  return tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32');
}

/** float32 zeros of the shape of `tensor`, as one kernel (no constant of that size is made). */
export function zeroGradient(tensor: tf.Tensor): tf.Tensor {
  return tf.cast(tf.zerosLike(tensor), 'float32');
}

/** Runs a kernel that has no public operation (the backward kernels). */
export function runKernel(kernelName: string, inputs: tf.NamedTensorMap, attributes: Attributes): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attributes);
}
