import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { reducedShape, sameShape, sizeOf } from '../graph/shape.js';
import { usersOf, valuesOf } from '../graph/traverse.js';
import type { Shape, Value } from '../graph/types.js';
import type { Pass } from './pass.js';

/**
 * Factors that are narrower than the tensor they scale, as those of a channel or of a sample, are brought
 * together and out of sums: (x a) b = x (a b), and sum(x a) = a sum(x) where a is the same along the summed
 * axes. The gradient of a batch normalisation falls from seventeen operations on images to seven this way,
 * and its three sums to two.
 */
export const narrowFactors: Pass = (graph, builder) => {
  const users = usersOf(graph);
  const summed = new Set(valuesOf(graph).filter(isSum).map(sumKey));
  return rewriteGraph(graph, builder, (value, inputs) => {
    if (value.dtype !== 'float32') return undefined;
    const scaled = { ...value, inputs };
    if (isSum(value)) return sumWithoutFactors(builder, value, scaled, summed);
    // Another reader would need the inner product all the same.
    const alone = (operand: number) => users.get(value.inputs[operand])!.length === 1;
    return oneFactor(builder, scaled, alone);
  });
};

const isSum = ({ op, dtype }: Value) => (op === 'Sum' || op === 'Mean') && dtype === 'float32';

const sumKey = ({ op, inputs: [x], attributes }: Value) => keyOf(op, x, attributes.axes as number[]);

const keyOf = (op: string, x: Value, axes: readonly number[]) => `${op} of %${x.id} over ${axes.join()}`;

/** A factor, or where `inverse` a divisor. */
interface Factor {
  readonly value: Value;
  readonly inverse: boolean;
}

/** (x a) b, (x a) / b, (x / a) b and -(x a) with one factor. */
function oneFactor(
  builder: GraphBuilder,
  { op, inputs, shape }: Value,
  alone: (operand: number) => boolean,
): Value | undefined {
  const narrow = (value: Value) => sizeOf(value.shape) < sizeOf(shape);
  const wide = inputs.findIndex((input) => !narrow(input));
  if (wide === -1 || !alone(wide)) return undefined;
  const outer = outerFactor(builder, op, inputs, wide);
  if (!outer || !narrow(outer.value)) return undefined;
  const { op: innerOp, inputs: innerInputs } = inputs[wide];
  const inner = innerInputs.findIndex((input) => sameShape(input.shape, shape));
  if (inner === -1) return undefined;
  const factor = outerFactor(builder, innerOp, innerInputs, inner);
  if (!factor || !narrow(factor.value)) return undefined;
  const product = multiply(builder, factor, outer);
  return product && narrow(product.value)
    ? builder.apply(product.inverse ? 'RealDiv' : 'Multiply', [innerInputs[inner], product.value])
    : undefined;
}

/** What an operation multiplies one of its operands by. */
function outerFactor(
  builder: GraphBuilder,
  op: string,
  inputs: readonly Value[],
  operand: number,
): Factor | undefined {
  if (op === 'Neg') return { value: builder.fill(-1), inverse: false };
  if (op === 'Multiply') return { value: inputs[1 - operand], inverse: false };
  return op === 'RealDiv' && operand === 0 ? { value: inputs[1], inverse: true } : undefined;
}

function multiply(builder: GraphBuilder, a: Factor, b: Factor): Factor | undefined {
  if (a.inverse === b.inverse)
    return { value: builder.apply('Multiply', [a.value, b.value]), inverse: a.inverse };
  const [factor, divisor] = a.inverse ? [b, a] : [a, b];
  return { value: builder.apply('RealDiv', [factor.value, divisor.value]), inverse: false };
}

/** A sum's operand as a product. */
interface Product {
  /** Factors that change along the summed axes. */
  readonly moving: readonly Value[];
  readonly fixed: readonly Factor[];
}

/** A sum over some axes of tensors of one shape. */
interface Reduction {
  readonly op: string;
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/**
 * @param value the sum as it stands in the graph
 * @param rewritten the same with its operand rewritten; the two have the same structure
 * @param summed keys of all sums of the graph
 */
function sumWithoutFactors(
  builder: GraphBuilder,
  value: Value,
  rewritten: Value,
  summed: ReadonlySet<string>,
): Value | undefined {
  const reduction: Reduction = {
    op: value.op,
    shape: value.inputs[0].shape,
    axes: value.attributes.axes as number[],
    keepDims: value.attributes.keepDims as boolean,
  };
  if (isCentred(rewritten.inputs[0], reduction)) return builder.fill(0, value.shape);
  const terms = termsOf(rewritten.inputs[0]);
  const products = terms.map((term) => productOf(builder, term.value, reduction));
  if (terms.length === 1) {
    const [{ moving, fixed }] = products;
    return fixed.length > 0 && (moving.length === 1 || moving.length === 2)
      ? scaledSum(builder, products[0], reduction)
      : undefined;
  }
  // Two sums for one: only where nothing is left to be summed that is not summed anyway.
  const known = termsOf(value.inputs[0]).every((term) => {
    const { moving } = productOf(builder, term.value, reduction);
    return (
      moving.length === 1 &&
      (isCentred(moving[0], reduction) || summed.has(keyOf(value.op, moving[0], reduction.axes)))
    );
  });
  if (!known) return undefined;
  const [first, second] = products.map((product) => scaledSum(builder, product, reduction));
  return builder.apply(terms[1].op, [first, second]);
}

/** The terms of a sum or difference of two tensors of one shape; anything else is a single term. */
function termsOf(x: Value): { op: string; value: Value }[] {
  const { op, inputs, shape } = x;
  return (op === 'Add' || op === 'Sub') && inputs.every((input) => sameShape(input.shape, shape))
    ? inputs.map((value) => ({ op, value }))
    : [{ op, value: x }];
}

/** x - mean(x), whose sum is zero. */
function isCentred({ op, inputs: [x, mean] }: Value, { axes }: Reduction): boolean {
  if (op !== 'Sub') return false;
  const source = mean.op === 'Reshape' ? mean.inputs[0] : mean;
  if (source.op !== 'Mean' || source.inputs[0] !== x) return false;
  const over = source.attributes.axes as number[];
  return (
    sameShape(over, axes) && sameShape(unreduced(mean.shape, x.shape), reducedShape(x.shape, axes, true))
  );
}

/** With axes of size 1 in front, to the rank of a shape. */
const unreduced = (shape: Shape, { length: rank }: Shape): Shape => [
  ...new Array<number>(Math.max(rank - shape.length, 0)).fill(1),
  ...shape,
];

function productOf(builder: GraphBuilder, x: Value, reduction: Reduction): Product {
  const { shape, axes } = reduction;
  if (unreduced(x.shape, shape).every((size, axis) => size === 1 || !axes.includes(axis)))
    return { moving: [], fixed: [{ value: x, inverse: false }] };
  const { op, inputs } = x;
  if (op === 'Multiply') {
    const parts = inputs.map((input) => productOf(builder, input, reduction));
    const fixed = parts.flatMap((part) => part.fixed);
    // A product without such factors is a factor itself.
    return fixed.length === 0
      ? { moving: [x], fixed }
      : { moving: parts.flatMap((part) => part.moving), fixed };
  }
  if (op === 'Neg' || op === 'RealDiv') {
    const factor = outerFactor(builder, op, inputs, 0)!;
    const { moving, fixed } = productOf(builder, factor.value, reduction);
    const [divisor] = fixed;
    if (moving.length === 0 && divisor) {
      const part = productOf(builder, inputs[0], reduction);
      return { moving: part.moving, fixed: [...part.fixed, { ...divisor, inverse: factor.inverse }] };
    }
  }
  return { moving: [x], fixed: [] };
}

function scaledSum(builder: GraphBuilder, { moving, fixed }: Product, reduction: Reduction): Value {
  const { op, shape, axes, keepDims } = reduction;
  // In one order, so that the same product in another sum is the same operation.
  const [a, b] = [...moving].sort((left, right) => left.id - right.id);
  const product = b ? (a === b ? builder.apply('Square', [a]) : builder.apply('Multiply', [a, b])) : a;
  const whole = sameShape(product.shape, shape)
    ? product
    : builder.apply('BroadcastTo', [product], { shape });
  const sum = builder.apply(op, [whole], { axes, keepDims });
  return fixed.reduce((scaled, { value, inverse }) => {
    const factor = builder.reshape(value, reducedShape(unreduced(value.shape, shape), axes, keepDims));
    return builder.apply(inverse ? 'RealDiv' : 'Multiply', [scaled, factor]);
  }, sum);
}
