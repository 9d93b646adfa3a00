import type { GraphBuilder } from '../graph/builder.js';
import { isOperation } from '../graph/operation.js';
import { replaceValues, type Replacement } from '../graph/replace.js';
import { sameShape } from '../graph/shape.js';
import { valuesOf } from '../graph/traverse.js';
import type { Value } from '../graph/types.js';
import { add, subtract } from '../operations/elementwise/arithmetic.js';
import { negate } from '../operations/elementwise/unary.js';
import { matMul } from '../operations/matmul.js';
import { broadcastTo } from '../operations/movement/broadcast.js';
import { mean, sum } from '../operations/reduction.js';
import {
  findBatchNorms,
  overAllButOne,
  termsOf,
  type BatchNormGradient,
  type Term,
} from './batch-norm/find-batch-norms.js';
import { narrowFactors } from './narrow-factors.js';
import type { Pass } from './pass.js';

/**
 * Leaves out of sums what is known to sum to zero: the gradient of a batch normalisation with respect to what it
 * normalises, and products of that with a matrix.
 *
 * A bias whose effect a batch normalisation takes away has such a sum for its gradient. Computed, it would be the
 * rounding errors of numbers that cancel, thousands of times the rest of the gradient.
 */
export const zeroSums: Pass = (graph, builder) => {
  const gradients = new Map(findBatchNorms(graph).gradients.map((gradient) => [gradient.dx, gradient]));
  if (gradients.size === 0) return graph;
  const replacements = new Map<Value, Replacement>();
  for (const value of valuesOf(graph)) {
    const axis = axisLeftBy(value);
    if (axis === undefined) continue;
    const [x] = value.inputs;
    const terms = countingTerms(x, axis, gradients);
    if (terms.some((term) => term.value === x)) continue;
    replacements.set(value, {
      operands: terms.map((term) => term.value),
      build: (operands) => sumOf(builder, value, operands, terms),
    });
  }
  return replaceValues(graph, builder, replacements);
};

// The gradients that it finds have their factors brought together.
zeroSums.needs = [narrowFactors];

/** The terms of a tensor that count in its sum over all axes but one; the tensor itself where all do. */
function countingTerms(
  value: Value,
  axis: number,
  gradients: ReadonlyMap<Value, BatchNormGradient>,
): readonly Term[] {
  const whole: readonly Term[] = [{ value, sign: 1 }];
  const gradient = gradients.get(value);
  const terms = gradient?.norm.axis === axis ? gradient.others : termsOf(value);
  if (terms.length !== 1 || terms[0].value !== value) {
    const counting = terms.map((term) => countingTerms(term.value, axis, gradients));
    const allCount = counting.every((own, at) => own.some((term) => term.value === terms[at].value));
    if (terms !== gradient?.others && allCount) return whole;
    return counting.flatMap((own, at) =>
      own.map((term) => ({ ...term, sign: (term.sign * terms[at].sign) as Term['sign'] })),
    );
  }
  // The sum of the rows of a product is the product of the sum of the rows.
  const ofRows =
    isOperation(value, matMul) && value.shape.length === 2 && axis === 1 && !value.attributes.transposeA;
  return ofRows && countingTerms(value.inputs[0], axis, gradients).length === 0 ? [] : whole;
}

/** The only axis that a sum or mean does not sum over. */
function axisLeftBy(value: Value): number | undefined {
  return overAllButOne(value, sum) ?? overAllButOne(value, mean);
}

function sumOf(
  builder: GraphBuilder,
  { operation, inputs: [x], attributes, shape }: Value,
  operands: readonly Value[],
  terms: readonly Term[],
): Value {
  if (operands.length === 0) return builder.fill(0, shape);
  const [first, ...rest] = operands;
  const start = terms[0].sign === 1 ? first : negate(builder, first);
  const total = rest.reduce(
    (result, operand, at) => (terms[at + 1].sign === 1 ? add : subtract)(builder, result, operand),
    start,
  );
  const whole = sameShape(total.shape, x.shape) ? total : broadcastTo(builder, total, { shape: x.shape });
  return builder.apply(operation, [whole], attributes);
}
