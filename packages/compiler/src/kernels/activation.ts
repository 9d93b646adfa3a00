import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/types.js';

/** Attributes and operands that the fused kernels of TensorFlow.js share. */
interface FusedEnd {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
  readonly bias?: Value;
  readonly preluActivationWeights?: Value;
}

const operations: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
};

/** The bias and activation at the end of a fused matmul or convolution, as operations of their own. */
export function biasAndActivation(graph: GraphBuilder, value: Value, end: FusedEnd): Value {
  const biased = end.bias ? graph.apply('Add', [value, end.bias]) : value;
  const activation = end.activation ?? 'linear';
  if (activation === 'linear') return biased;
  if (activation === 'prelu') return graph.apply('Prelu', [biased, end.preluActivationWeights!]);
  if (activation === 'leakyrelu')
    return graph.apply('LeakyRelu', [biased], { alpha: end.leakyreluAlpha ?? 0.2 });
  if (!(activation in operations)) throw new Error(`the fused activation ${activation} is not known`);
  return graph.apply(operations[activation], [biased]);
}
