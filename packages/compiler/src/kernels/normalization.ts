import type { FusedBatchNormAttrs, LogSoftmaxAttrs, LRNAttrs, SoftmaxAttrs } from '@tensorflow/tfjs-core';
import { normalizeAxes, sizeOf } from '../graph/shape.js';
import { add, multiply, power, subtract } from '../operations/elementwise/arithmetic.js';
import { rsqrt, square } from '../operations/elementwise/unary.js';
import { asTheyAre, matMul } from '../operations/matmul.js';
import { reshape } from '../operations/movement/reshape.js';
import { logSoftmax, softmax } from '../operations/normalization.js';
import type { Kernel } from './kernel.js';

const softmaxKernel: Kernel<SoftmaxAttrs> = {
  name: 'Softmax',
  record: ({ graph, inputs: { logits }, attributes: { dim } }) => {
    const [axis] = normalizeAxes(dim, logits.shape.length);
    return softmax(graph, logits, { axis });
  },
};

const logSoftmaxKernel: Kernel<LogSoftmaxAttrs> = {
  name: 'LogSoftmax',
  record: ({ graph, inputs: { logits }, attributes }) => {
    const [axis] = normalizeAxes(attributes.axis, logits.shape.length);
    return logSoftmax(graph, logits, { axis });
  },
};

/** (x - mean) scale / sqrt(variance + epsilon) + offset, the factor computed once per channel. */
const fusedBatchNorm: Kernel<Partial<FusedBatchNormAttrs>> = {
  name: 'FusedBatchNorm',
  record: ({ graph, inputs: { x, scale, offset, mean, variance }, attributes }) => {
    const epsilon = graph.fill(attributes.varianceEpsilon ?? 0.001);
    const inverse = rsqrt(graph, add(graph, variance, epsilon));
    const factor = scale ? multiply(graph, inverse, scale) : inverse;
    const normalized = multiply(graph, subtract(graph, x, mean), factor);
    return offset ? add(graph, normalized, offset) : normalized;
  },
};

/** x (bias + alpha sum of x^2 over the channels at most depthRadius away)^-beta. */
const localResponseNormalization: Kernel<LRNAttrs> = {
  name: 'LRN',
  record: ({ graph, inputs: { x }, attributes: { depthRadius, bias, alpha, beta } }) => {
    const channels = x.shape[3];
    // The sums over neighbouring channels are a product with a band matrix.
    const band = Float32Array.from({ length: channels ** 2 }, (_, at) =>
      Math.abs(Math.floor(at / channels) - (at % channels)) <= depthRadius ? alpha : 0,
    );
    const pixels = reshape(graph, square(graph, x), { shape: [sizeOf(x.shape) / channels, channels] });
    const sums = matMul(graph, pixels, graph.constant(band, [channels, channels], 'float32'), asTheyAre);
    const base = add(graph, reshape(graph, sums, { shape: x.shape }), graph.fill(bias));
    return multiply(graph, x, power(graph, base, graph.fill(-beta)));
  },
};

export const normalizationKernels: readonly Kernel[] = [
  softmaxKernel,
  logSoftmaxKernel,
  fusedBatchNorm,
  localResponseNormalization,
];
