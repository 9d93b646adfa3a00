import type { GraphBuilder } from '../graph/builder.js';
import { repeatedElement } from '../graph/constants.js';
import { isElementwise, isOperation, traitsOf } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { broadcastShapes, sameShape, sizeOf } from '../graph/shape.js';
import type { Shape, Value } from '../graph/types.js';
import { add, multiply, subtract } from '../operations/elementwise/arithmetic.js';
import { cast } from '../operations/elementwise/cast.js';
import { negate } from '../operations/elementwise/unary.js';
import { matMul } from '../operations/matmul.js';
import { broadcastTo } from '../operations/movement/broadcast.js';
import { reshape } from '../operations/movement/reshape.js';
import { slice } from '../operations/movement/slice.js';
import { transpose } from '../operations/movement/transpose.js';
import { mean, reducedSize, sum } from '../operations/reduction.js';
import type { Pass } from './pass.js';

/** What stands in place of an operation whose operands are already simple, or undefined. */
type Rule = (builder: GraphBuilder, value: Value) => Value | undefined;

/** Algebra that holds for every tensor: neutral elements, reshapes of reshapes, broadcasts that nothing needs. */
export const simplification: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    let current = builder.reapply(value, inputs);
    if (simple.has(current)) return current;
    for (let next = simpler(builder, current); next; next = simpler(builder, current)) current = next;
    simple.add(current);
    return current;
  });

/** Values that no rule makes simpler. A rule sees a value and what it is made of, neither of which ever changes. */
const simple = new WeakSet<Value>();

function simpler(builder: GraphBuilder, value: Value): Value | undefined {
  for (const rule of rules) {
    const result = rule(builder, value);
    if (result !== undefined && result !== value) return result;
  }
  return undefined;
}

const toShape = (builder: GraphBuilder, value: Value, shape: Shape) =>
  sameShape(value.shape, shape) ? value : broadcastTo(builder, value, { shape });

/** x + 0, x - 0, x * 1, x / 1 */
const neutralElement: Rule = (builder, value) => {
  const { neutral } = traitsOf(value);
  if (neutral === undefined) return undefined;
  const { inputs, shape } = value;
  const [left, right] = inputs.map(repeatedElement);
  if (right === neutral.element) return toShape(builder, inputs[0], shape);
  return left === neutral.element && neutral.operand === 'either'
    ? toShape(builder, inputs[1], shape)
    : undefined;
};

/** Gradients of rectifiers' gradients are zeros, and whole products with them need not be computed. */
const zeroFactor: Rule = (builder, value) => {
  const { inputs, shape, dtype } = value;
  return traitsOf(value).zeroFactor &&
    inputs.length < 3 &&
    inputs.some((input) => repeatedElement(input) === 0)
    ? builder.fill(0, shape, dtype)
    : undefined;
};

/** -(-x), a - (-b), a + (-b), 0 - x */
const negation: Rule = (builder, value) => {
  const [a, b] = value.inputs;
  if (isOperation(value, negate) && isOperation(a, negate)) return a.inputs[0];
  if (isOperation(value, subtract) && isOperation(b, negate)) return add(builder, a, b.inputs[0]);
  if (isOperation(value, add) && isOperation(b, negate)) return subtract(builder, a, b.inputs[0]);
  return isOperation(value, subtract) && repeatedElement(a) === 0 && sameShape(b.shape, value.shape)
    ? negate(builder, b)
    : undefined;
};

/** Reshapes, transposes, broadcasts, slices and casts that change nothing, and two in a row. */
const movement: Rule = (builder, value) => {
  const {
    inputs: [x],
    shape,
    dtype,
  } = value;
  if (isOperation(value, cast) && x.dtype === dtype) return x;
  const mayKeepShape = isOperation(value, reshape, broadcastTo) || isOperation(value, slice);
  if (mayKeepShape && sameShape(x.shape, shape)) return x;
  if (isOperation(value, reshape) && isOperation(x, reshape)) return reshape(builder, x.inputs[0], { shape });
  if (isOperation(value, broadcastTo) && isOperation(x, broadcastTo))
    return toShape(builder, x.inputs[0], shape);
  if (!isOperation(value, transpose)) return undefined;
  const { perm } = value.attributes;
  if (perm.every((axis, at) => axis === at)) return x;
  if (!isOperation(x, transpose)) return undefined;
  const { perm: inner } = x.attributes;
  return transpose(builder, x.inputs[0], { perm: perm.map((axis) => inner[axis]) });
};

/** A constant that repeats one element needs no shape where another operand has it already. */
const scalarConstants: Rule = (builder, value) => {
  if (!isElementwise(value) || value.inputs.length < 2) return undefined;
  const { inputs, shape } = value;
  for (const [at, input] of inputs.entries()) {
    const element = repeatedElement(input);
    if (element === undefined || input.shape.length === 0) continue;
    const others = inputs.filter((_, other) => other !== at).map((other) => other.shape);
    if (!sameShape(broadcastShapes(...others), shape)) continue;
    const scalar = builder.fill(element, [], input.dtype);
    return builder.apply(value.operation, inputs.with(at, scalar), value.attributes);
  }
  return undefined;
};

/**
 * Element by element operations broadcast by themselves: a broadcast operand is taken as it was, and
 * where nothing is left that has the whole shape, the broadcast is done on the result.
 */
const broadcastOperands: Rule = (builder, value) => {
  if (!isElementwise(value)) return undefined;
  const { inputs, shape } = value;
  if (!inputs.some((input) => isOperation(input, broadcastTo))) return undefined;
  const sources = inputs.map((input) => (isOperation(input, broadcastTo) ? input.inputs[0] : input));
  return toShape(builder, builder.apply(value.operation, sources, value.attributes), shape);
};

/** The sum of a broadcast is a product. */
const sumOfBroadcast: Rule = (builder, value) => {
  const [x] = value.inputs;
  if (!isOperation(value, sum, mean) || !isOperation(x, broadcastTo)) return undefined;
  const [source] = x.inputs;
  const lead = x.shape.length - source.shape.length;
  const { axes, keepDims } = value.attributes;
  if (x.dtype !== 'float32' || !axes.every((axis) => axis < lead || source.shape[axis - lead] === 1))
    return undefined;
  const full = x.shape.map((_, axis) => (axis < lead ? 1 : source.shape[axis - lead]));
  const rest = full.filter((_, axis) => !axes.includes(axis));
  const kept = keepDims ? full : rest;
  const scaled = isOperation(value, sum)
    ? multiply(builder, source, builder.fill(reducedSize(x, axes)))
    : source;
  return toShape(builder, reshape(builder, scaled, { shape: kept }), value.shape);
};

/** Reducing an axis of size 1 is reshaping. */
const reducedOnes: Rule = (builder, value) => {
  const { axes } = traitsOf(value).reduction?.(value.attributes) ?? {};
  if (!axes) return undefined;
  const {
    operation,
    inputs: [x],
    shape,
  } = value;
  if (axes.every((axis) => x.shape[axis] !== 1)) return axes.length === 0 ? x : undefined;
  const dropped = (axis: number) => axes.includes(axis) && x.shape[axis] === 1;
  const kept = x.shape.flatMap((_, axis) => (dropped(axis) ? [] : [axis]));
  const narrow = reshape(builder, x, { shape: kept.map((axis) => x.shape[axis]) });
  const rest = kept.flatMap((axis, at) => (axes.includes(axis) ? [at] : []));
  const result =
    rest.length > 0 ? builder.apply(operation, [narrow], { axes: rest, keepDims: false }) : narrow;
  return reshape(builder, result, { shape });
};

/** Matrices with outer dimensions of size 1 are plain matrices. */
const matmulOfOnes: Rule = (builder, value) => {
  const { inputs, shape } = value;
  if (!isOperation(value, matMul) || shape.length === 2 || sizeOf(shape.slice(0, -2)) !== 1) return undefined;
  const [a, b] = inputs.map((input) => reshape(builder, input, { shape: input.shape.slice(-2) }));
  return reshape(builder, matMul(builder, a, b, value.attributes), { shape });
};

/** Number of leading axes of size 1 that a reshape has added. */
function addedOnes(value: Value): number {
  if (!isOperation(value, reshape)) return 0;
  const {
    inputs: [source],
    shape,
  } = value;
  const lead = shape.length - source.shape.length;
  return lead > 0 && shape.every((size, axis) => size === (source.shape[axis - lead] ?? 1)) ? lead : 0;
}

/** Leading axes of size 1 that a reshape has added go around an element by element operation. */
const leadingOnes: Rule = (builder, value) => {
  if (!isElementwise(value)) return undefined;
  const { inputs, shape } = value;
  const rank = shape.length;
  const added = Math.max(...inputs.map((input) => (input.shape.length === rank ? addedOnes(input) : 0)));
  if (added === 0 || shape.slice(0, added).some((size) => size !== 1)) return undefined;
  const narrow = inputs.map((input) =>
    reshape(builder, input, { shape: input.shape.slice(Math.max(0, input.shape.length - rank + added)) }),
  );
  return reshape(builder, builder.apply(value.operation, narrow, value.attributes), { shape });
};

/** Broadcasting adds leading axes by itself: an operand needs none that a reshape has put in front of it. */
const leadingOnesOfOperand: Rule = (builder, value) => {
  if (!isElementwise(value) || value.inputs.length < 2) return undefined;
  const sources = value.inputs.map((input) => (addedOnes(input) > 0 ? input.inputs[0] : input));
  const unchanged = sources.every((source, at) => source === value.inputs[at]);
  if (unchanged || !sameShape(broadcastShapes(...sources.map(({ shape }) => shape)), value.shape))
    return undefined;
  return builder.apply(value.operation, sources, value.attributes);
};

const rules: readonly Rule[] = [
  zeroFactor,
  neutralElement,
  negation,
  movement,
  scalarConstants,
  broadcastOperands,
  sumOfBroadcast,
  reducedOnes,
  matmulOfOnes,
  leadingOnes,
  leadingOnesOfOperand,
];
