import type { GraphBuilder } from '../graph/builder.js';
import { isElementwise, isOperation, traitsOf } from '../graph/operation.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { inversePermutation, reducedShape, sameShape, sizeOf } from '../graph/shape.js';
import type { Reduction, Value } from '../graph/types.js';
import { reshape } from '../operations/movement/reshape.js';
import { transpose } from '../operations/movement/transpose.js';
import type { Pass } from './pass.js';

/**
 * Moves transposes towards the end of the graph, past operations that work in any layout, until they meet
 * their inverse and cancel: from channels last to channels first once per region of convolutions, not
 * around each of them.
 */
export const transposeSinking: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    if (!inputs.some((input) => isOperation(input, transpose))) return undefined;
    const current = { ...value, inputs };
    if (isElementwise(value)) return sinkBelowElementwise(builder, current);
    const reduction = traitsOf(value).reduction?.(value.attributes);
    return reduction ? sinkBelowReduction(builder, current, reduction) : sinkBelowMovement(builder, current);
  });

const isTranspose = (value: Value) => isOperation(value, transpose);

/** Images [batch, channels, height, width] as [batch, height, width, channels]. */
const imageToChannelsLast = [0, 2, 3, 1];

function sinkBelowElementwise(
  builder: GraphBuilder,
  { operation, inputs, attributes, shape }: Value,
): Value | undefined {
  // One number has no layout, and its operands no axes left to permute.
  if (sizeOf(shape) === 1) return undefined;
  const rank = shape.length;
  const large = inputs.filter((input) => sameShape(input.shape, shape));
  const transposes = large.filter(isTranspose);
  if (transposes.length === 0) return undefined;
  // All in some layout: the most frequent one wins. One of two images: that will be needed channels first too.
  const perm = mostFrequent(transposes.map(({ attributes: { perm } }) => perm));
  const image = rank === 4 && sameShape(perm, imageToChannelsLast) && transposes.length * 2 >= large.length;
  if (transposes.length < large.length && !image) return undefined;
  const inverse = inversePermutation(perm);
  const operands = inputs.map((input) => inLayout(builder, input, inverse));
  return transpose(builder, builder.apply(operation, operands, attributes), { perm });
}

function mostFrequent(perms: readonly (readonly number[])[]): readonly number[] {
  const count = (perm: readonly number[]) => perms.filter((other) => sameShape(other, perm)).length;
  return perms.reduce((best, perm) => (count(perm) > count(best) ? perm : best));
}

/** An operand with its axes permuted; one that broadcasts gets the axes that it lacks first. */
function inLayout(builder: GraphBuilder, value: Value, perm: readonly number[]): Value {
  const rank = perm.length;
  if (value.shape.length === 0 || (sizeOf(value.shape) === 1 && value.shape.length <= rank)) {
    return reshape(builder, value, { shape: [] });
  }
  const full = [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape];
  const order = perm.filter((axis) => full[axis] !== 1);
  const moves = order.some((axis, at) => at > 0 && order[at - 1] > axis);
  // Where only axes of size 1 change places, the elements stay where they are.
  if (!moves) return reshape(builder, value, { shape: perm.map((axis) => full[axis]) });
  if (isTranspose(value) && value.shape.length === rank) {
    const { perm: inner } = value.attributes;
    return transpose(builder, value.inputs[0], { perm: perm.map((axis) => inner[axis]) });
  }
  return transpose(builder, reshape(builder, value, { shape: full }), { perm });
}

function sinkBelowReduction(
  builder: GraphBuilder,
  { operation, inputs: [x], shape }: Value,
  { axes, keepDims }: Reduction,
): Value | undefined {
  if (!isTranspose(x)) return undefined;
  const { perm } = x.attributes;
  const source = x.inputs[0];
  const moved = axes.map((axis) => perm[axis]).sort((a, b) => a - b);
  const reduced = builder.apply(operation, [source], { axes: moved, keepDims: false });
  // What is left keeps the order of the source; bring it into the order of the transpose.
  const left = source.shape.flatMap((_, axis) => (moved.includes(axis) ? [] : [axis]));
  const wanted = perm.filter((axis) => !moved.includes(axis));
  const order = wanted.map((axis) => left.indexOf(axis));
  const ordered = order.every((axis, at) => axis === at)
    ? reduced
    : transpose(builder, reduced, { perm: order });
  return reshape(builder, ordered, { shape: keepDims ? reducedShape(x.shape, axes, true) : shape });
}

function sinkBelowMovement(
  builder: GraphBuilder,
  { operation, inputs, attributes }: Value,
): Value | undefined {
  if (!inputs.every(isTranspose)) return undefined;
  const { perm } = inputs[0].attributes;
  if (!inputs.every((input) => sameShape(input.attributes.perm, perm))) return undefined;
  const before = operation.traits?.beforeTranspose?.(attributes, perm);
  if (!before) return undefined;
  const sources = inputs.map((input) => input.inputs[0]);
  return transpose(builder, builder.apply(operation, sources, before), { perm });
}
