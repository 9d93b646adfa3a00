import type { GraphBuilder } from '../../graph/builder.js';
import { replaceValues, type Replacement } from '../../graph/replace.js';
import { sameShape, sizeOf } from '../../graph/shape.js';
import type { Shape, Value } from '../../graph/types.js';
import { batchNorm, batchNormGradient } from '../../operations/batch-norm.js';
import { add, multiply, subtract } from '../../operations/elementwise/arithmetic.js';
import { sqrt } from '../../operations/elementwise/unary.js';
import { reshape } from '../../operations/movement/reshape.js';
import { narrowFactors } from '../narrow-factors.js';
import type { Pass } from '../pass.js';
import { findBatchNorms, type BatchNorm, type BatchNormGradient } from './find-batch-norms.js';

/** Batch normalisations and their gradients as one operation each. */
export const batchNorms: Pass = (graph, builder) => {
  const { norms, gradients } = findBatchNorms(graph);
  const replacements = new Map<Value, Replacement>();
  const fused = new Map<BatchNorm, FusedNorm>();
  for (const norm of norms.filter(hasChannelsLast)) {
    const { x, y, mean, variance, scale, offset } = norm;
    const replace = (value: Value, by: (fusedNorm: FusedNorm) => Value) =>
      replacements.set(value, {
        operands: [x, scale, offset],
        build: (operands) => {
          const made = fused.get(norm) ?? fuse(builder, norm, operands);
          fused.set(norm, made);
          return reshaped(builder, by(made), value.shape);
        },
      });
    replace(y, (made) => made.y);
    replace(mean, (made) => made.mean);
    replace(variance, (made) => made.variance);
  }
  const fusedGradients = new Map<BatchNormGradient, FusedGradient>();
  for (const gradient of gradients.filter(({ norm }) => hasChannelsLast(norm))) {
    const { norm, dx, dy, factors, sum, centredSum, others } = gradient;
    const replace = (
      value: Value,
      operands: readonly Value[],
      by: (made: FusedGradient, rest: readonly Value[]) => Value,
    ) =>
      replacements.set(value, {
        // The mean stands for the fused norm, which it belongs to.
        operands: [norm.mean, dy, ...factors, ...operands],
        build: ([, newDy, ...rest]) => {
          const newFactors = rest.slice(0, factors.length);
          const made =
            fusedGradients.get(gradient) ?? fuseGradient(builder, fused.get(norm)!, newDy, newFactors);
          fusedGradients.set(gradient, made);
          return by(made, rest.slice(factors.length));
        },
      });
    replace(
      dx,
      others.map((term) => term.value),
      (made, terms) =>
        terms.reduce(
          (result, term, at) => (others[at].sign === 1 ? add : subtract)(builder, result, term),
          reshaped(builder, made.dx, dx.shape),
        ),
    );
    replace(sum, [], (made) => reshaped(builder, made.sum, sum.shape));
    replace(centredSum, [], (made) => reshaped(builder, made.centredSum, centredSum.shape));
  }
  return replaceValues(graph, builder, replacements);
};

// It finds gradients whose factors have been brought together.
batchNorms.needs = [narrowFactors];

const hasChannelsLast = ({ axis, x }: BatchNorm) => axis === x.shape.length - 1;

const reshaped = (builder: GraphBuilder, value: Value, shape: Shape) =>
  sameShape(value.shape, shape) ? value : reshape(builder, value, { shape });

/** The operation takes images; what has another rank goes in as images of one pixel. */
function asImages(builder: GraphBuilder, value: Value): Value {
  const { shape } = value;
  const channels = shape.at(-1)!;
  return shape.length === 4
    ? value
    : reshape(builder, value, { shape: [sizeOf(shape) / channels, 1, 1, channels] });
}

interface FusedNorm {
  readonly norm: BatchNorm;
  readonly images: Value;
  readonly y: Value;
  readonly mean: Value;
  /** Of the batch itself. */
  readonly variance: Value;
  /** sqrt(variance + epsilon) */
  readonly deviation: Value;
  /** What the gradient wants back. */
  readonly saved: readonly Value[];
}

function fuse(builder: GraphBuilder, norm: BatchNorm, [x, scale, offset]: readonly Value[]): FusedNorm {
  const { epsilon, channels, count } = norm;
  const images = asImages(builder, x);
  const [factor, addend] = [scale, offset].map((value) => reshaped(builder, value, [channels]));
  const operation = batchNorm(builder, images, factor, addend, { epsilon });
  const [y, mean, estimate, ...saved] = builder.results(operation);
  // The operation's variance is an estimate, with count - 1 below.
  const bias = builder.fill(Math.max(count - 1, 1) / count);
  const variance = multiply(builder, estimate, bias);
  const deviation = sqrt(builder, add(builder, variance, builder.fill(epsilon)));
  return { norm, images, y, mean, variance, deviation, saved };
}

interface FusedGradient {
  readonly dx: Value;
  readonly sum: Value;
  readonly centredSum: Value;
}

function fuseGradient(
  builder: GraphBuilder,
  { norm, images, deviation, saved }: FusedNorm,
  dy: Value,
  factors: readonly Value[],
): FusedGradient {
  // The factor is scale / deviation; mostly it is the norm's own, and the scale comes back from it.
  const product = factors
    .map((value) => reshaped(builder, value, sizeOf(value.shape) === 1 ? [] : [norm.channels]))
    .reduce((a, b) => multiply(builder, a, b));
  const scale = multiply(builder, product, deviation);
  const { epsilon } = norm;
  const gradient = batchNormGradient(builder, asImages(builder, dy), images, scale, ...saved, { epsilon });
  const [dx, normalizedSum, sum] = builder.results(gradient);
  return { dx, sum, centredSum: multiply(builder, normalizedSum, deviation) };
}
