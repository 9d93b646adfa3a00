import { repeatedElement } from '../../graph/constants.js';
import { sameShape, sizeOf } from '../../graph/shape.js';
import { usersOf, valuesOf } from '../../graph/traverse.js';
import type { Graph, Shape, Value } from '../../graph/types.js';
import { almostEqual, ChannelNumbers } from './per-channel.js';

/**
 * A batch normalisation with the statistics of its batch, for which TensorFlow has a node:
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
  /** Number of entries of x in a channel. */
  readonly count: number;
}

/**
 * Its gradient, for which TensorFlow has a node too:
 *
 *     dx = product of factors (dy - sum(dy) / count - centred sum(dy centred) / (count (variance + epsilon)))
 */
export interface BatchNormGradient {
  readonly norm: BatchNorm;
  /** The sum in whose place the node stands. */
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

interface Term {
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
  const sums = values.filter((value) => isSumOverRows(value));
  const taken = new Set<Value>();
  const gradients = values.flatMap((value) => {
    const gradient = isWholeSum(value, users) ? matchGradient(value, norms, sums) : undefined;
    // A node gives one pair of sums.
    if (!gradient || taken.has(gradient.centredSum)) return [];
    taken.add(gradient.centredSum);
    return [gradient];
  });
  return { norms: [...norms.values()], gradients };
}

/** Axes of everything but the channels, which are last. */
const rowAxes = ({ length }: Shape) => Array.from({ length: length - 1 }, (_, axis) => axis);

function isOverRows({ op, inputs: [x], attributes, dtype }: Value, wanted: string): boolean {
  return (
    op === wanted &&
    dtype === 'float32' &&
    x.shape.length > 1 &&
    sameShape(attributes.axes as number[], rowAxes(x.shape))
  );
}

const isSumOverRows = (value: Value) => isOverRows(value, 'Sum');

const withoutReshape = (value: Value) => (value.op === 'Reshape' ? value.inputs[0] : value);

/** The operands of an operation in both orders. */
const bothOrders = ({ inputs: [a, b] }: Value) => [
  [a, b],
  [b, a],
];

function matchNorm(y: Value): BatchNorm | undefined {
  if (y.op !== 'Add' || y.dtype !== 'float32') return undefined;
  for (const [product, offset] of bothOrders(y)) {
    if (product.op !== 'Multiply' || !sameShape(product.shape, y.shape)) continue;
    for (const [centred, factor] of bothOrders(product)) {
      const norm = matchCentred(centred, factor);
      if (norm && isPerChannel(offset, y.shape)) return { ...norm, y, offset };
    }
  }
  return undefined;
}

/** One number a channel. */
function isPerChannel(value: Value, shape: Shape): boolean {
  const channels = shape.at(-1);
  return sizeOf(value.shape) === channels && value.shape.at(-1) === channels;
}

function matchCentred(centred: Value, factor: Value): Omit<BatchNorm, 'y' | 'offset'> | undefined {
  if (centred.op !== 'Sub') return undefined;
  const [x] = centred.inputs;
  const mean = withoutReshape(centred.inputs[1]);
  if (!isOverRows(mean, 'Mean') || mean.inputs[0] !== x) return undefined;
  const scaled = matchFactor(factor);
  if (!scaled || !isPerChannel(scaled.scale, x.shape)) return undefined;
  const { variance } = scaled;
  if (!isOverRows(variance, 'Mean')) return undefined;
  const [square] = variance.inputs;
  const isSquare = square.op === 'Square' || square.op === 'Multiply';
  if (!isSquare || !square.inputs.every((input) => input === centred)) return undefined;
  return { x, mean, centred, ...scaled, count: sizeOf(x.shape) / x.shape.at(-1)! };
}

/** scale rsqrt(variance + epsilon) or scale / sqrt(variance + epsilon) */
function matchFactor(factor: Value): Pick<BatchNorm, 'scale' | 'variance' | 'epsilon'> | undefined {
  const pairs =
    factor.op === 'Multiply' ? bothOrders(factor) : factor.op === 'RealDiv' ? [factor.inputs] : [];
  for (const [scale, divisor] of pairs) {
    const deviation = withoutReshape(divisor);
    if (deviation.op !== (factor.op === 'Multiply' ? 'Rsqrt' : 'Sqrt') || deviation.inputs[0].op !== 'Add')
      continue;
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

const isAddition = ({ op, shape, dtype }: Value, wanted: Shape) =>
  (op === 'Add' || op === 'Sub') && dtype === 'float32' && sameShape(shape, wanted);

function termsOf(sum: Value, sign: 1 | -1 = 1, whole = sum): Term[] {
  if (!isAddition(sum, whole.shape)) return [{ value: sum, sign }];
  const [a, b] = sum.inputs;
  const second = (sum.op === 'Sub' ? -sign : sign) as 1 | -1;
  return [...termsOf(a, sign, whole), ...termsOf(b, second, whole)];
}

function matchGradient(
  dx: Value,
  norms: ReadonlyMap<Value, BatchNorm>,
  sums: readonly Value[],
): BatchNormGradient | undefined {
  const terms = termsOf(dx);
  const constants = terms.filter(({ value }) => isPerChannel(value, dx.shape));
  if (constants.length === 0) return undefined;
  const products = terms.flatMap((term) => scaledBy(term, dx.shape));
  for (const second of products) {
    const norm = norms.get(second.of);
    if (!norm) continue;
    for (const first of products) {
      const { of: dy, by: factors } = first;
      if (first.term === second.term || first.term.sign === -1) continue;
      const sum = sums.find(({ inputs }) => inputs[0] === dy);
      const centredSum = sums.find(({ inputs }) => isProductOf(inputs[0], dy, norm.centred));
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
  /** One number a channel each. */
  readonly by: readonly Value[];
}

/** What a term scales by factors of a channel; with fewer factors first. */
function scaledBy(term: Term, shape: Shape, value = term.value, outer: readonly Value[] = []): Scaled[] {
  if (value.op !== 'Multiply') return [];
  return bothOrders(value).flatMap(([of, factor]) => {
    if (!sameShape(of.shape, shape) || !isChannelFactor(factor, shape)) return [];
    const by = [...outer, factor];
    return [{ term, of, by }, ...scaledBy(term, shape, of, by)];
  });
}

const isChannelFactor = (factor: Value, shape: Shape) =>
  sizeOf(factor.shape) === 1 || isPerChannel(factor, shape);

function isProductOf(value: Value, a: Value, b: Value): boolean {
  return value.op === 'Multiply' && bothOrders(value).some(([left, right]) => left === a && right === b);
}

/** Whether what scales the centred images and what is added to them is that of the gradient. */
function isGradient(
  { norm, factors, sum, centredSum }: Omit<BatchNormGradient, 'others'>,
  second: Scaled,
  constant: Term,
): boolean {
  const channels = norm.x.shape.at(-1)!;
  return [0, 0.3].every((seed) => {
    const numbers = new ChannelNumbers(channels, seed);
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
