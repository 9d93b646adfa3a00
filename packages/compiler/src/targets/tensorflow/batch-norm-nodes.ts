import { sameShape, sizeOf } from '../../graph/shape.js';
import type { Graph, Shape, Value } from '../../graph/types.js';
import {
  findBatchNorms,
  type BatchNorm,
  type BatchNormGradient,
} from '../../passes/batch-norm/find-batch-norms.js';
import type { TensorFlowEmitter } from './emitter.js';
import { float, type } from './graph-def.js';

/** Another way to compute a value than its operation. */
export interface Replacement {
  readonly operands: readonly Value[];
  /** Writes the nodes, once the operands are written, and gives the name of the result. */
  readonly emit: (emitter: TensorFlowEmitter) => string;
}

const ofFloats = { T: type('float32') };

/** Batch normalisations and their gradients as TensorFlow's own nodes. */
export function batchNormNodes(graph: Graph): Map<Value, Replacement> {
  const { norms, gradients } = findBatchNorms(graph);
  const replacements = new Map<Value, Replacement>();
  for (const norm of norms.filter(hasChannelsLast)) {
    const { x, y, mean, variance, scale, offset } = norm;
    const operands = [x, scale, offset];
    const channels = channelsOf(norm);
    replacements.set(y, {
      operands,
      emit: (emitter) => reshaped(emitter, forward(emitter, norm), imagesShape(y.shape), y.shape),
    });
    replacements.set(mean, {
      operands,
      emit: (emitter) => reshaped(emitter, `${forward(emitter, norm)}:1`, channels, mean.shape),
    });
    replacements.set(variance, {
      operands,
      emit: (emitter) => reshaped(emitter, batchVariance(emitter, norm), channels, variance.shape),
    });
  }
  for (const gradient of gradients.filter(({ norm }) => hasChannelsLast(norm))) {
    const { norm, dx, dy, factors, sum, centredSum, others } = gradient;
    const operands = [dy, norm.x, norm.scale, norm.offset, ...factors];
    replacements.set(dx, {
      operands: [...operands, ...others.map(({ value }) => value)],
      emit: (emitter) =>
        others.reduce(
          (result, { value, sign }) =>
            emitter.node(sign === 1 ? 'AddV2' : 'Sub', [result, emitter.tensorOf(value)], ofFloats),
          reshaped(emitter, backward(emitter, gradient), imagesShape(dx.shape), dx.shape),
        ),
    });
    replacements.set(sum, {
      operands,
      emit: (emitter) => reshaped(emitter, `${backward(emitter, gradient)}:2`, channelsOf(norm), sum.shape),
    });
    replacements.set(centredSum, {
      operands,
      emit: (emitter) => {
        // The node's gradient of the scale is that of the normalized images.
        const parts = [`${backward(emitter, gradient)}:1`, deviation(emitter, norm)];
        return reshaped(emitter, emitter.node('Mul', parts, ofFloats), channelsOf(norm), centredSum.shape);
      },
    });
  }
  return replacements;
}

const hasChannelsLast = ({ axis, x }: BatchNorm) => axis === x.shape.length - 1;

const channelsOf = ({ channels }: BatchNorm): Shape => [channels];

function reshaped(emitter: TensorFlowEmitter, tensor: string, from: Shape, to: Shape): string {
  return sameShape(from, to) ? tensor : emitter.nodeOnce('Reshape', [tensor, emitter.integers(to)], ofFloats);
}

/** TensorFlow's nodes take images; what has another rank goes in as images of one pixel. */
const imagesShape = (shape: Shape): Shape =>
  shape.length === 4 ? shape : [sizeOf(shape) / shape.at(-1)!, 1, 1, shape.at(-1)!];

function images(emitter: TensorFlowEmitter, value: Value): string {
  return reshaped(emitter, emitter.tensorOf(value), value.shape, imagesShape(value.shape));
}

/** One number a channel, or one for all of them. */
function perChannel(emitter: TensorFlowEmitter, value: Value, channels: number): string {
  const size = sizeOf(value.shape);
  return reshaped(emitter, emitter.tensorOf(value), value.shape, size === channels ? [size] : []);
}

/** Results: y, mean, variance (of a sample) and three tensors for the gradient. */
function forward(emitter: TensorFlowEmitter, norm: BatchNorm): string {
  const [channels] = channelsOf(norm);
  const none = emitter.constant(new Float32Array(0), [0], 'float32');
  return emitter.nodeOnce(
    'FusedBatchNormV3',
    [
      images(emitter, norm.x),
      perChannel(emitter, norm.scale, channels),
      perChannel(emitter, norm.offset, channels),
      none,
      none,
    ],
    { ...ofFloats, U: type('float32'), ...settings(norm) },
  );
}

const settings = ({ epsilon }: BatchNorm) => ({
  epsilon: float(epsilon),
  is_training: true,
  data_format: 'NHWC',
});

/** Of the batch itself: the node's is an estimate, with count - 1 below. */
function batchVariance(emitter: TensorFlowEmitter, norm: BatchNorm): string {
  const { count } = norm;
  const bias = emitter.scalar(Math.max(count - 1, 1) / count);
  return emitter.nodeOnce('Mul', [`${forward(emitter, norm)}:2`, bias], ofFloats);
}

/** sqrt(variance + epsilon) */
function deviation(emitter: TensorFlowEmitter, norm: BatchNorm): string {
  const sum = [batchVariance(emitter, norm), emitter.scalar(norm.epsilon)];
  return emitter.nodeOnce('Sqrt', [emitter.nodeOnce('AddV2', sum, ofFloats)], ofFloats);
}

/** Results: dx, sum(dy normalized) and sum(dy). */
function backward(emitter: TensorFlowEmitter, { norm, dy, factors }: BatchNormGradient): string {
  // The factor is scale / deviation; mostly it is the norm's own, and the scale comes back from it.
  const factor = factors
    .map((value) => perChannel(emitter, value, channelsOf(norm)[0]))
    .reduce((product, tensor) => emitter.nodeOnce('Mul', [product, tensor], ofFloats));
  const scale = emitter.nodeOnce('Mul', [factor, deviation(emitter, norm)], ofFloats);
  const saved = [3, 4, 5].map((result) => `${forward(emitter, norm)}:${result}`);
  return emitter.nodeOnce(
    'FusedBatchNormGradV3',
    [images(emitter, dy), images(emitter, norm.x), scale, ...saved],
    { ...ofFloats, U: type('float32'), ...settings(norm) },
  );
}
