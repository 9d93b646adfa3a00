import type { GraphBuilder } from '../graph/builder.js';
import { rewriteGraph } from '../graph/rewrite.js';
import { inversePermutation, reducedShape, sameShape, sizeOf } from '../graph/shape.js';
import type { Value } from '../graph/types.js';
import type { Traits } from '../kernels/kernel.js';
import { isElementwise, traitsOf } from '../kernels/table.js';
import type { Pass } from './pass.js';

/**
 * Moves transposes towards the end of the graph, past operations that work in any layout, until they meet
 * their inverse and cancel: from channels last to channels first once per region of convolutions, not
 * around each of them.
 */
export const transposeSinking: Pass = (graph, builder) =>
  rewriteGraph(graph, builder, (value, inputs) => {
    if (!inputs.some((input) => input.op === 'Transpose')) return undefined;
    const current = { ...value, inputs };
    if (isElementwise(value)) return sinkBelowElementwise(builder, current);
    const { reduction, beforeTranspose } = traitsOf(value);
    if (reduction) return sinkBelowReduction(builder, current);
    return beforeTranspose && sinkBelowMovement(builder, current, beforeTranspose);
  });

const permOf = (value: Value) => value.attributes.perm as readonly number[];
const isTransposeOf = (value: Value, rank: number) => value.op === 'Transpose' && value.shape.length === rank;

/** Images [batch, channels, height, width] as [batch, height, width, channels]. */
const imageToChannelsLast = [0, 2, 3, 1];

function sinkBelowElementwise(
  builder: GraphBuilder,
  { op, inputs, attributes, shape }: Value,
): Value | undefined {
  // One number has no layout, and its operands no axes left to permute.
  if (sizeOf(shape) === 1) return undefined;
  const rank = shape.length;
  const large = inputs.filter((input) => sameShape(input.shape, shape));
  const transposes = large.filter((input) => isTransposeOf(input, rank));
  if (transposes.length === 0) return undefined;
  // All in some layout: the most frequent one wins. One of two images: that will be needed channels first too.
  const perm = mostFrequent(transposes.map(permOf));
  const image = rank === 4 && sameShape(perm, imageToChannelsLast) && transposes.length * 2 >= large.length;
  if (transposes.length < large.length && !image) return undefined;
  const inverse = inversePermutation(perm);
  const operands = inputs.map((input) => inLayout(builder, input, inverse));
  return builder.transpose(builder.apply(op, operands, attributes), perm);
}

function mostFrequent(perms: readonly (readonly number[])[]): readonly number[] {
  const count = (perm: readonly number[]) => perms.filter((other) => sameShape(other, perm)).length;
  return perms.reduce((best, perm) => (count(perm) > count(best) ? perm : best));
}

/** An operand with its axes permuted; one that broadcasts gets the axes that it lacks first. */
function inLayout(builder: GraphBuilder, value: Value, perm: readonly number[]): Value {
  const rank = perm.length;
  if (value.shape.length === 0 || (sizeOf(value.shape) === 1 && value.shape.length <= rank)) {
    return builder.reshape(value, []);
  }
  const full = [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape];
  const order = perm.filter((axis) => full[axis] !== 1);
  const moves = order.some((axis, at) => at > 0 && order[at - 1] > axis);
  // Where only axes of size 1 change places, the elements stay where they are.
  if (!moves)
    return builder.reshape(
      value,
      perm.map((axis) => full[axis]),
    );
  if (value.op === 'Transpose' && value.shape.length === rank) {
    return builder.transpose(
      value.inputs[0],
      perm.map((axis) => permOf(value)[axis]),
    );
  }
  return builder.transpose(builder.reshape(value, full), perm);
}

function sinkBelowReduction(
  builder: GraphBuilder,
  { op, inputs: [x], attributes, shape }: Value,
): Value | undefined {
  const perm = permOf(x);
  const axes = attributes.axes as number[];
  const source = x.inputs[0];
  const moved = axes.map((axis) => perm[axis]).sort((a, b) => a - b);
  const reduced = builder.apply(op, [source], { axes: moved, keepDims: false });
  // What is left keeps the order of the source; bring it into the order of the transpose.
  const left = source.shape.flatMap((_, axis) => (moved.includes(axis) ? [] : [axis]));
  const wanted = perm.filter((axis) => !moved.includes(axis));
  const order = wanted.map((axis) => left.indexOf(axis));
  const ordered = order.every((axis, at) => axis === at) ? reduced : builder.transpose(reduced, order);
  return builder.reshape(ordered, attributes.keepDims ? reducedShape(x.shape, axes, true) : shape);
}

function sinkBelowMovement(
  builder: GraphBuilder,
  { op, inputs, attributes }: Value,
  beforeTranspose: NonNullable<Traits['beforeTranspose']>,
): Value | undefined {
  const perm = permOf(inputs.find((input) => input.op === 'Transpose')!);
  if (!inputs.every((input) => input.op === 'Transpose' && sameShape(permOf(input), perm))) return undefined;
  const sources = inputs.map((input) => input.inputs[0]);
  return builder.transpose(builder.apply(op, sources, beforeTranspose(attributes, perm)), perm);
}
