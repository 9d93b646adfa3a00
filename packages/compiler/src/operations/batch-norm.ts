import { float } from '../emitters/float-attribute.js';
import { ofFloat32, type } from '../emitters/tensorflow-nodes.js';
import type { Value, ValueType } from '../graph/types.js';
import { defineOperation } from './definition.js';

type Epsilon = Readonly<{ epsilon: number }>;

const settings = ({ epsilon }: Epsilon) => ({
  ...ofFloat32,
  U: type('float32'),
  epsilon: float(epsilon),
  is_training: true,
  data_format: 'NHWC',
});

const names = (node: string, count: number) =>
  Array.from({ length: count }, (_, at) => (at === 0 ? node : `${node}:${at}`));

/**
 * (x - mean) scale / sqrt(variance + epsilon) + offset, with the statistics of the batch: of images x, scale and
 * offset. Results: y, the mean, the variance (of a sample, with count - 1 below) and three tensors that the gradient
 * wants back. Made by the pass `batchNorms`.
 */
export const batchNorm = defineOperation<Epsilon, [x: Value, scale: Value, offset: Value]>({
  name: 'BatchNorm',
  infer: ([x, scale]): ValueType[] => [x, ...new Array<ValueType>(5).fill(scale)],
  tensorflow: {
    emit: (tensorflow, { attributes }, [x, scale, offset]) => {
      const none = tensorflow.constant(new Float32Array(0), [0], 'float32');
      const operands = [x, scale, offset, none, none];
      return names(tensorflow.node('FusedBatchNormV3', operands, settings(attributes)), 6);
    },
  },
});

type GradientOperands = [dy: Value, x: Value, scale: Value, ...saved: Value[]];

/**
 * The gradient of a batch normalisation: of dy, x, scale and the last three results of {@link batchNorm}. Results: dx,
 * the gradient of the scale, sum(dy normalized), and that of the offset, sum(dy). Made by the pass `batchNorms`.
 */
export const batchNormGradient = defineOperation<Epsilon, GradientOperands>({
  name: 'BatchNormGradient',
  infer: ([, x, scale]): ValueType[] => [x, scale, scale],
  tensorflow: {
    emit: (tensorflow, { attributes }, operands) =>
      names(tensorflow.node('FusedBatchNormGradV3', operands, settings(attributes)), 3),
  },
});
