import { repeatedElement } from '../graph/constants.js';
import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { broadcastShapes, sameShape, sizeOf } from '../graph/shape.js';
import type { Shape, Value } from '../graph/types.js';
import { isElementwise, traitsOf } from '../kernels/table.js';
import { reducedSize } from '../kernels/reduction.js';
import type { Pass } from './pass.js';

/** What stands in place of an operation whose operands are already simple, or undefined. */
type Rule = (builder: GraphBuilder, value: Value) => Value | undefined;

/** Algebra that holds for every tensor: neutral elements, reshapes of reshapes, broadcasts that nothing needs. */
export const simplification: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    if (inputs.length === 0) return undefined;
    const unchanged = inputs.every((input, at) => input === value.inputs[at]);
    let current = unchanged ? value : builder.apply(value.op, inputs, value.attributes);
    for (let next = simpler(builder, current); next; next = simpler(builder, current)) current = next;
    return current;
  });

function simpler(builder: GraphBuilder, value: Value): Value | undefined {
  for (const rule of rules) {
    const result = rule(builder, value);
    if (result !== undefined && result !== value) return result;
  }
  return undefined;
}

const toShape = (builder: GraphBuilder, value: Value, shape: Shape) =>
  sameShape(value.shape, shape) ? value : builder.apply('BroadcastTo', [value], { shape });

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
const negation: Rule = (builder, { op, inputs: [a, b], shape }) => {
  if (op === 'Neg' && a.op === 'Neg') return a.inputs[0];
  if (op === 'Sub' && b.op === 'Neg') return builder.apply('Add', [a, b.inputs[0]]);
  if (op === 'Add' && b.op === 'Neg') return builder.apply('Sub', [a, b.inputs[0]]);
  if (op === 'Sub' && repeatedElement(a) === 0 && sameShape(b.shape, shape)) return builder.apply('Neg', [b]);
  return undefined;
};

/** Reshapes, transposes, broadcasts, slices and casts that change nothing, and two in a row. */
const movement: Rule = (builder, { op, inputs: [x], attributes, shape, dtype }) => {
  if (op === 'Cast' && x.dtype === dtype) return x;
  if ((op === 'Reshape' || op === 'BroadcastTo' || op === 'Slice') && sameShape(x.shape, shape)) return x;
  if (op === 'Reshape' && x.op === 'Reshape') return builder.reshape(x.inputs[0], shape);
  if (op === 'BroadcastTo' && x.op === 'BroadcastTo') return toShape(builder, x.inputs[0], shape);
  if (op !== 'Transpose') return undefined;
  const perm = attributes.perm as number[];
  if (perm.every((axis, at) => axis === at)) return x;
  if (x.op !== 'Transpose') return undefined;
  const inner = x.attributes.perm as number[];
  return builder.transpose(
    x.inputs[0],
    perm.map((axis) => inner[axis]),
  );
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
    return builder.apply(value.op, inputs.with(at, scalar), value.attributes);
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
  if (!inputs.some((input) => input.op === 'BroadcastTo')) return undefined;
  const sources = inputs.map((input) => (input.op === 'BroadcastTo' ? input.inputs[0] : input));
  return toShape(builder, builder.apply(value.op, sources, value.attributes), shape);
};

/** The sum of a broadcast is a product. */
const sumOfBroadcast: Rule = (builder, { op, inputs: [x], attributes, shape }) => {
  if ((op !== 'Sum' && op !== 'Mean') || x.op !== 'BroadcastTo') return undefined;
  const [source] = x.inputs;
  const lead = x.shape.length - source.shape.length;
  const axes = attributes.axes as number[];
  if (x.dtype !== 'float32' || !axes.every((axis) => axis < lead || source.shape[axis - lead] === 1))
    return undefined;
  const full = x.shape.map((_, axis) => (axis < lead ? 1 : source.shape[axis - lead]));
  const rest = full.filter((_, axis) => !axes.includes(axis));
  const kept = attributes.keepDims ? full : rest;
  const scaled =
    op === 'Sum' ? builder.apply('Multiply', [source, builder.fill(reducedSize(x, axes))]) : source;
  return toShape(builder, builder.reshape(scaled, kept), shape);
};

/** Reducing an axis of size 1 is reshaping. */
const reducedOnes: Rule = (builder, value) => {
  if (!traitsOf(value).reduction) return undefined;
  const {
    op,
    inputs: [x],
    attributes,
    shape,
  } = value;
  const axes = attributes.axes as number[];
  if (axes.every((axis) => x.shape[axis] !== 1)) return axes.length === 0 ? x : undefined;
  const dropped = (axis: number) => axes.includes(axis) && x.shape[axis] === 1;
  const kept = x.shape.flatMap((_, axis) => (dropped(axis) ? [] : [axis]));
  const narrow = builder.reshape(
    x,
    kept.map((axis) => x.shape[axis]),
  );
  const rest = kept.flatMap((axis, at) => (axes.includes(axis) ? [at] : []));
  const result = rest.length > 0 ? builder.apply(op, [narrow], { axes: rest, keepDims: false }) : narrow;
  return builder.reshape(result, shape);
};

/** Matrices with outer dimensions of size 1 are plain matrices. */
const matmulOfOnes: Rule = (builder, { op, inputs, attributes, shape }) => {
  if (op !== 'BatchMatMul' || shape.length === 2 || sizeOf(shape.slice(0, -2)) !== 1) return undefined;
  const matrices = inputs.map((input) => builder.reshape(input, input.shape.slice(-2)));
  return builder.reshape(builder.apply('BatchMatMul', matrices, attributes), shape);
};

/** Number of leading axes of size 1 that a reshape has added. */
function addedOnes({ op, inputs: [source], shape }: Value): number {
  if (op !== 'Reshape') return 0;
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
    builder.reshape(input, input.shape.slice(Math.max(0, input.shape.length - rank + added))),
  );
  return builder.reshape(builder.apply(value.op, narrow, value.attributes), shape);
};

/** Broadcasting adds leading axes by itself: an operand needs none that a reshape has put in front of it. */
const leadingOnesOfOperand: Rule = (builder, value) => {
  if (!isElementwise(value) || value.inputs.length < 2) return undefined;
  const sources = value.inputs.map((input) => (addedOnes(input) > 0 ? input.inputs[0] : input));
  const unchanged = sources.every((source, at) => source === value.inputs[at]);
  if (unchanged || !sameShape(broadcastShapes(...sources.map(({ shape }) => shape)), value.shape))
    return undefined;
  return builder.apply(value.op, sources, value.attributes);
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
