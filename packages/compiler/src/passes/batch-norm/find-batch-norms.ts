import { repeatedElement } from '../../graph/constants.js';
import { isOperation } from '../../graph/operation.js';
import { sameShape, sizeOf } from '../../graph/shape.js';
import { usersOf, valuesOf } from '../../graph/traverse.js';
import type { Graph, Operation, Reduction, Shape, Value } from '../../graph/types.js';
import { add, divide, multiply, subtract } from '../../operations/elementwise/arithmetic.js';
import { rsqrt, sqrt, square } from '../../operations/elementwise/unary.js';
import { reshape } from '../../operations/movement/reshape.js';
import * as reductions from '../../operations/reduction.js';
import { almostEqual, ChannelNumbers } from './channel-numbers.js';

/**
 * A batch normalisation with the statistics of its batch:
 *
 *     y = (x - mean) scale / sqrt(variance + epsilon) + offset
 */
export interface BatchNorm {
  readonly y: Value;
  readonly x: Value;
  readonly mean: Value;
  /** The mean square of `centred`. */
  readonly variance: Value;
  /** x - mean */
  readonly centred: Value;
  readonly scale: Value;
  readonly offset: Value;
  readonly epsilon: number;
  /** The axis of the channels. */
  readonly axis: number;
  readonly channels: number;
  /** Number of entries of x in a channel. */
  readonly count: number;
}

/**
 * Its gradient, which sums to zero in every channel but for what else is added to it:
 *
 *     dx = product of factors (dy - sum(dy) / count - centred sum(dy centred) / (count (variance + epsilon)))
 */
export interface BatchNormGradient {
  readonly norm: BatchNorm;
  /** The gradient, with whatever else is added to it. */
  readonly dx: Value;
  readonly dy: Value;
  readonly factors: readonly Value[];
  /** sum(dy) over all but the channels. */
  readonly sum: Value;
  /** sum(dy centred) over all but the channels. */
  readonly centredSum: Value;
  /** What else the sum has. */
  readonly others: readonly Term[];
}

/** A term of a sum. */
export interface Term {
  readonly value: Value;
  readonly sign: 1 | -1;
}

export interface BatchNorms {
  readonly norms: readonly BatchNorm[];
  readonly gradients: readonly BatchNormGradient[];
}

/** The batch normalisations of a graph whose factors have been brought together (pass `narrowFactors`). */
export function findBatchNorms(graph: Graph): BatchNorms {
  const values = valuesOf(graph);
  const norms = new Map<Value, BatchNorm>();
  for (const value of values) {
    const norm = matchNorm(value);
    // Of several with one mean, for instance before and after an update of their scales, the first gives the mean.
    if (norm && !norms.has(norm.centred) && isIndependent(norm)) norms.set(norm.centred, norm);
  }
  if (norms.size === 0) return { norms: [], gradients: [] };
  const users = usersOf(graph);
  const sums = values.filter((value) => overAllButOne(value, reductions.sum) !== undefined);
  const taken = new Set<Value>();
  const gradients = values.flatMap((value) => {
    const gradient = isWholeSum(value, users) ? matchGradient(value, norms, sums) : undefined;
    // One gradient has one pair of sums.
    if (!gradient || taken.has(gradient.centredSum)) return [];
    taken.add(gradient.centredSum);
    return [gradient];
  });
  return { norms: [...norms.values()], gradients };
}

/** The axis that a sum or mean over all others leaves. */
export function overAllButOne(value: Value, wanted: Operation<Reduction>): number | undefined {
  const [x] = value.inputs;
  if (!isOperation(value, wanted) || value.dtype !== 'float32' || x.shape.length < 2) return undefined;
  const { axes } = value.attributes;
  const left = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  return left.length === 1 ? left[0] : undefined;
}

const withoutReshape = (value: Value) => (isOperation(value, reshape) ? value.inputs[0] : value);

/** The operands of an operation in both orders. */
const bothOrders = ({ inputs: [a, b] }: Value) => [
  [a, b],
  [b, a],
];

function matchNorm(y: Value): BatchNorm | undefined {
  if (!isOperation(y, add) || y.dtype !== 'float32') return undefined;
  for (const [product, offset] of bothOrders(y)) {
    if (!isOperation(product, multiply) || !sameShape(product.shape, y.shape)) continue;
    for (const [centred, factor] of bothOrders(product)) {
      const norm = matchCentred(centred, factor);
      if (norm && isPerChannel(offset, y.shape, norm.axis)) return { ...norm, y, offset };
    }
  }
  return undefined;
}

/** One number a channel, where the operand of an operation on a tensor of that shape has its channels. */
function isPerChannel({ shape: own }: Value, shape: Shape, channelAxis: number): boolean {
  const lead = shape.length - own.length;
  return shape.every((size, axis) => (own[axis - lead] ?? 1) === (axis === channelAxis ? size : 1));
}

function matchCentred(centred: Value, factor: Value): Omit<BatchNorm, 'y' | 'offset'> | undefined {
  if (!isOperation(centred, subtract)) return undefined;
  const [x] = centred.inputs;
  const mean = withoutReshape(centred.inputs[1]);
  const axis = overAllButOne(mean, reductions.mean);
  if (axis === undefined || mean.inputs[0] !== x || !isPerChannel(centred.inputs[1], x.shape, axis))
    return undefined;
  const channels = x.shape[axis];
  const scaled = isPerChannel(factor, x.shape, axis) && matchFactor(withoutReshape(factor));
  if (!scaled || sizeOf(scaled.scale.shape) !== channels) return undefined;
  const { variance } = scaled;
  if (overAllButOne(variance, reductions.mean) !== axis) return undefined;
  const [squares] = variance.inputs;
  const isSquare = isOperation(squares, square, multiply);
  if (!isSquare || !squares.inputs.every((input) => input === centred)) return undefined;
  return { x, mean, centred, ...scaled, axis, channels, count: sizeOf(x.shape) / channels };
}

/** scale rsqrt(variance + epsilon) or scale / sqrt(variance + epsilon) */
function matchFactor(factor: Value): Pick<BatchNorm, 'scale' | 'variance' | 'epsilon'> | undefined {
  const pairs = isOperation(factor, multiply)
    ? bothOrders(factor)
    : isOperation(factor, divide)
      ? [factor.inputs]
      : [];
  for (const [scale, divisor] of pairs) {
    const deviation = withoutReshape(divisor);
    const root = isOperation(factor, multiply) ? rsqrt : sqrt;
    if (!isOperation(deviation, root) || !isOperation(deviation.inputs[0], add)) continue;
    for (const [variance, constant] of bothOrders(deviation.inputs[0])) {
      const epsilon = repeatedElement(constant);
      if (epsilon !== undefined) return { scale, variance: withoutReshape(variance), epsilon };
    }
  }
  return undefined;
}

/** The node needs scale and offset for the mean, which therefore must not be made from the mean. */
const isIndependent = ({ scale, offset, mean }: BatchNorm) =>
  !dependsOn(scale, [mean]) && !dependsOn(offset, [mean]);

function dependsOn(value: Value, sources: readonly Value[]): boolean {
  const first = Math.min(...sources.map(({ id }) => id));
  const seen = new Set<Value>();
  const pending = [value];
  for (let current = pending.pop(); current; current = pending.pop()) {
    if (sources.includes(current)) return true;
    if (current.id < first || seen.has(current)) continue;
    seen.add(current);
    pending.push(...current.inputs);
  }
  return false;
}

/** A sum of tensors that is not merely a term of another one. */
function isWholeSum(value: Value, users: ReadonlyMap<Value, readonly (Value | undefined)[]>): boolean {
  const readers = users.get(value) ?? [];
  const [reader] = readers;
  const isTerm = readers.length === 1 && reader !== undefined && isAddition(reader, value.shape);
  return isAddition(value, value.shape) && !isTerm;
}

const isAddition = (value: Value, wanted: Shape) =>
  isOperation(value, add, subtract) && value.dtype === 'float32' && sameShape(value.shape, wanted);

/** The terms of a sum of tensors of one shape; of anything else, that alone. */
export function termsOf(sum: Value, sign: 1 | -1 = 1, whole = sum): Term[] {
  if (!isAddition(sum, whole.shape)) return [{ value: sum, sign }];
  const [a, b] = sum.inputs;
  const second = (isOperation(sum, subtract) ? -sign : sign) as 1 | -1;
  return [...termsOf(a, sign, whole), ...termsOf(b, second, whole)];
}

function matchGradient(
  dx: Value,
  norms: ReadonlyMap<Value, BatchNorm>,
  sums: readonly Value[],
): BatchNormGradient | undefined {
  const terms = termsOf(dx);
  if (terms.length < 3) return undefined;
  const products = terms.flatMap((term) => factorsOf(term, dx.shape));
  for (const second of products) {
    const norm = norms.get(second.of);
    if (!norm || !areOfChannels(second, norm)) continue;
    const constants = terms.filter(({ value }) => isPerChannel(value, dx.shape, norm.axis));
    for (const first of products) {
      const { of: dy, by: factors } = first;
      if (first.term === second.term || first.term.sign === -1 || !areOfChannels(first, norm)) continue;
      const ofChannels = sums.filter((one) => overAllButOne(one, reductions.sum) === norm.axis);
      const sum = ofChannels.find(({ inputs }) => inputs[0] === dy);
      const centredSum = ofChannels.find(({ inputs }) => isProductOf(inputs[0], dy, norm.centred));
      if (!sum || !centredSum || factors.some((factor) => dependsOn(factor, [sum, centredSum]))) continue;
      const gradient = { norm, dx, dy, factors, sum, centredSum };
      const constant = constants.find((term) => isGradient(gradient, second, term));
      if (!constant) continue;
      const own = [first.term, second.term, constant];
      return { ...gradient, others: terms.filter((term) => !own.includes(term)) };
    }
  }
  return undefined;
}

interface Scaled {
  readonly term: Term;
  readonly of: Value;
  readonly by: readonly Value[];
}

/** What a term scales by factors that are narrower than it; with fewer factors first. */
function factorsOf(term: Term, shape: Shape, value = term.value, outer: readonly Value[] = []): Scaled[] {
  if (!isOperation(value, multiply)) return [];
  return bothOrders(value).flatMap(([of, factor]) => {
    if (!sameShape(of.shape, shape) || sizeOf(factor.shape) >= sizeOf(shape)) return [];
    const by = [...outer, factor];
    return [{ term, of, by }, ...factorsOf(term, shape, of, by)];
  });
}

/** Whether factors are one number a channel each, or one for all of them. */
const areOfChannels = ({ of, by }: Scaled, { axis }: BatchNorm) =>
  by.every((factor) => sizeOf(factor.shape) === 1 || isPerChannel(factor, of.shape, axis));

function isProductOf(value: Value, a: Value, b: Value): boolean {
  return isOperation(value, multiply) && bothOrders(value).some(([left, right]) => left === a && right === b);
}

/** Whether what scales the centred images and what is added to them is that of the gradient. */
function isGradient(
  { norm, factors, sum, centredSum }: Omit<BatchNormGradient, 'others'>,
  second: Scaled,
  constant: Term,
): boolean {
  return [0, 0.3].every((seed) => {
    const numbers = new ChannelNumbers(norm.channels, seed);
    const product = (values: readonly Value[]) =>
      values.reduce((result, value) => result * numbers.of(value)!, 1);
    const by = product(factors) / norm.count;
    const centredBy = (-by * numbers.of(centredSum)!) / (numbers.of(norm.variance)! + norm.epsilon);
    return (
      almostEqual(product(second.by) * second.term.sign, centredBy) &&
      almostEqual(numbers.of(constant.value)! * constant.sign, -by * numbers.of(sum)!)
    );
  });
}
