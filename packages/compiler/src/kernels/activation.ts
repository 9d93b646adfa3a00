import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/types.js';
import { add } from '../operations/elementwise/arithmetic.js';
import { leakyRelu, prelu } from '../operations/elementwise/rectifiers.js';
import { elu, relu, relu6, sigmoid } from '../operations/elementwise/unary.js';

/** Attributes and operands that the fused kernels of TensorFlow.js share. */
interface FusedEnd {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
  readonly bias?: Value;
  readonly preluActivationWeights?: Value;
}

const activations = new Map(Object.entries({ relu, relu6, elu, sigmoid }));

/** The bias and activation at the end of a fused matmul or convolution, as operations of their own. */
export function biasAndActivation(graph: GraphBuilder, value: Value, end: FusedEnd): Value {
  const biased = end.bias ? add(graph, value, end.bias) : value;
  const name = end.activation ?? 'linear';
  if (name === 'linear') return biased;
  if (name === 'prelu') return prelu(graph, biased, end.preluActivationWeights!);
  if (name === 'leakyrelu') return leakyRelu(graph, biased, { alpha: end.leakyreluAlpha ?? 0.2 });
  const activation = activations.get(name);
  if (!activation) throw new Error(`the fused activation ${name} is not known`);
  return activation(graph, biased);
}
