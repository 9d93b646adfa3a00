import * as tf from '@tensorflow/tfjs-core';
import { type GradientDefinition, zeroGradient } from '../registry/gradient-definitions.js';

/**
 * Kernels that are constant almost everywhere: comparisons, logic, rounding, indices. Their gradient is
 * zero. Stock TensorFlow.js has none for most comparisons, so that every mask on the way of a second
 * derivative throws.
 */
export const piecewiseConstantGradients: readonly GradientDefinition[] = [
  ...[
    tf.Ceil,
    tf.Floor,
    tf.Round,
    tf.Sign,
    tf.Step,
    tf.IsNan,
    tf.IsInf,
    tf.IsFinite,
    tf.LogicalNot,
    tf.ZerosLike,
    tf.OnesLike,
  ].map(constantOfSameShape),
  ...[tf.ArgMax, tf.ArgMin, tf.All, tf.Any].map((name) => constantIn(name, ['x'])),
  constantIn(tf.OneHot, ['indices']),
  ...[
    tf.Equal,
    tf.NotEqual,
    tf.Greater,
    tf.GreaterEqual,
    tf.Less,
    tf.LessEqual,
    tf.LogicalAnd,
    tf.LogicalOr,
    tf.FloorDiv,
  ].map((name) => constantIn(name, ['a', 'b'])),
];

/** One input of the output's shape: nothing needs saving. */
function constantOfSameShape(kernelName: string): GradientDefinition {
  return { kernelName, gradFunc: (dy) => ({ x: () => zeroGradient(dy as tf.Tensor) }) };
}

function constantIn(kernelName: string, inputs: readonly string[]): GradientDefinition {
  return {
    kernelName,
    inputsToSave: [...inputs],
    gradFunc: (_dy, saved) =>
      Object.fromEntries(inputs.map((input, position) => [input, () => zeroGradient(saved[position])])),
  };
}
