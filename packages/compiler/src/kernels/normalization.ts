import type { FusedBatchNormAttrs, LogSoftmaxAttrs, LRNAttrs, SoftmaxAttrs } from '@tensorflow/tfjs-core';
import { normalizeAxes, sizeOf } from '../graph/shape.js';
import type { TensorFlowEmitter } from '../emitters/tensorflow-emitter.js';
import { type } from '../emitters/tensorflow-nodes.js';
import type { Kernel, Lowering } from './kernel.js';

/** TensorFlow normalizes over the last axis; another one changes places with it. */
const overLastAxis = (op: 'Softmax' | 'LogSoftmax'): Lowering<TensorFlowEmitter> => ({
  emit: (tensorflow, { attributes, shape }, [x]) => {
    const float = { T: type('float32') };
    const [axis, last] = [attributes.axis as number, shape.length - 1];
    if (axis === last) return tensorflow.node(op, [x], float);
    const order = shape.map((_, at) => (at === axis ? last : at === last ? axis : at));
    const swap = (tensor: string) =>
      tensorflow.node('Transpose', [tensor, tensorflow.integers(order)], float);
    return swap(tensorflow.node(op, [swap(x)], float));
  },
});

export const normalizationKernels: readonly Kernel[] = [
  {
    name: 'Softmax',
    record: ({ graph, inputs: { logits }, attributes }) => {
      const [axis] = normalizeAxes((attributes as SoftmaxAttrs).dim, logits.shape.length);
      return graph.apply('Softmax', [logits], { axis });
    },
    operation: {
      infer: ([x]) => x,
      onnx: {
        emit: (onnx, { attributes }, inputs) =>
          onnx.node('Softmax', inputs, { axis: attributes.axis as number }),
      },
      tensorflow: overLastAxis('Softmax'),
    },
  },
  {
    name: 'LogSoftmax',
    record: ({ graph, inputs: { logits }, attributes }) => {
      const [axis] = normalizeAxes((attributes as LogSoftmaxAttrs).axis, logits.shape.length);
      return graph.apply('LogSoftmax', [logits], { axis });
    },
    operation: {
      infer: ([x]) => x,
      onnx: {
        emit: (onnx, { attributes }, inputs) =>
          onnx.node('LogSoftmax', inputs, { axis: attributes.axis as number }),
      },
      tensorflow: overLastAxis('LogSoftmax'),
    },
  },
  {
    // (x - mean) scale / sqrt(variance + epsilon) + offset, the factor computed once per channel
    name: 'FusedBatchNorm',
    record: ({ graph, inputs: { x, scale, offset, mean, variance }, attributes }) => {
      const epsilon = graph.fill((attributes as FusedBatchNormAttrs).varianceEpsilon ?? 0.001);
      const inverse = graph.apply('Rsqrt', [graph.apply('Add', [variance, epsilon])]);
      const factor = scale ? graph.apply('Multiply', [inverse, scale]) : inverse;
      const normalized = graph.apply('Multiply', [graph.apply('Sub', [x, mean]), factor]);
      return offset ? graph.apply('Add', [normalized, offset]) : normalized;
    },
  },
  {
    // x (bias + alpha sum of x^2 over the channels at most depthRadius away)^-beta
    name: 'LRN',
    record: ({ graph, inputs: { x }, attributes }) => {
      const { depthRadius, bias, alpha, beta } = attributes as LRNAttrs;
      const channels = x.shape[3];
      // The sums over neighbouring channels are a product with a band matrix.
      const band = Float32Array.from({ length: channels ** 2 }, (_, at) =>
        Math.abs(Math.floor(at / channels) - (at % channels)) <= depthRadius ? alpha : 0,
      );
      const pixels = graph.reshape(graph.apply('Square', [x]), [sizeOf(x.shape) / channels, channels]);
      const sums = graph.apply(
        'BatchMatMul',
        [pixels, graph.constant(band, [channels, channels], 'float32')],
        {
          transposeA: false,
          transposeB: false,
        },
      );
      const base = graph.apply('Add', [graph.reshape(sums, x.shape), graph.fill(bias)]);
      return graph.apply('Multiply', [x, graph.apply('Pow', [base, graph.fill(-beta)])]);
    },
  },
];
