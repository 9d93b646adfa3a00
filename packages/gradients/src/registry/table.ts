import * as tf from '@tensorflow/tfjs-core';
import { eluGradient } from '../activations/elu.js';
import { leakyReluGradient } from '../activations/leaky-relu.js';
import { preluGradient } from '../activations/prelu.js';
import { relu6Gradient } from '../activations/relu6.js';
import { seluGradient } from '../activations/selu.js';
import { sigmoidGradient } from '../activations/sigmoid.js';
import { softmaxGradient } from '../activations/softmax.js';
import { tanhGradient } from '../activations/tanh.js';
import { conv2dFilterBackwardGradient } from '../convolution/conv2d-filter.js';
import {
  depthwiseConv2dFilterBackwardGradient,
  depthwiseConv2dInputBackwardGradient,
} from '../convolution/depthwise-conv2d.js';
import { clipByValueGradient } from '../elementwise/clip-by-value.js';
import { expGradient } from '../elementwise/exp.js';
import { maximumGradient } from '../elementwise/maximum.js';
import { minimumGradient } from '../elementwise/minimum.js';
import { piecewiseConstantGradients } from '../elementwise/piecewise-constant.js';
import { powGradient } from '../elementwise/pow.js';
import { squaredDifferenceGradient } from '../elementwise/squared-difference.js';
import { depthToSpaceGradient } from '../indexing/depth-to-space.js';
import { gatherNdGradient, scatterNdGradient } from '../indexing/gather-and-scatter-nd.js';
import { gatherGradient } from '../indexing/gather.js';
import { mirrorPadGradient } from '../indexing/mirror-pad.js';
import { tileGradient } from '../indexing/tile.js';
import { batchNormalizationGradient } from '../normalization/batch-normalization.js';
import { averagePoolingBackwardGradient, averagePoolingGradient } from '../pooling/average-pooling.js';
import { maxPoolingBackwardGradient } from '../pooling/max-pooling.js';
import { cumulativeSumGradient } from '../reductions/cumulative-sum.js';
import { maxGradient, minGradient } from '../reductions/max-and-min.js';
import { resizeBilinearGradient, resizeNearestNeighborGradient } from '../resizing/resize.js';
import type { GradientDefinition } from './gradient-definitions.js';

/** The gradients that replace or complete those of stock TensorFlow.js, one per kernel. */
export const correctedGradients: readonly GradientDefinition[] = [
  tanhGradient,
  sigmoidGradient,
  eluGradient,
  seluGradient,
  leakyReluGradient,
  preluGradient,
  relu6Gradient,
  softmaxGradient,

  expGradient,
  powGradient,
  maximumGradient,
  minimumGradient,
  clipByValueGradient,
  squaredDifferenceGradient,
  ...piecewiseConstantGradients,

  maxGradient,
  minGradient,
  cumulativeSumGradient,

  averagePoolingGradient,
  averagePoolingBackwardGradient,
  maxPoolingBackwardGradient,

  resizeBilinearGradient,
  resizeNearestNeighborGradient,

  conv2dFilterBackwardGradient,
  depthwiseConv2dInputBackwardGradient,
  depthwiseConv2dFilterBackwardGradient,

  batchNormalizationGradient,

  gatherGradient,
  gatherNdGradient,
  scatterNdGradient,
  mirrorPadGradient,
  tileGradient,
  depthToSpaceGradient,
];

/** Kernels whose stock gradient is right at every order once the gradients above are in place. */
export const provedStockGradients: readonly string[] = [
  tf.Abs,
  tf.Acos,
  tf.Acosh,
  tf.Add,
  tf.AddN,
  tf.Asin,
  tf.Asinh,
  tf.Atan,
  tf.Atan2,
  tf.Atanh,
  tf.BatchMatMul,
  tf.BatchToSpaceND,
  tf.Cast,
  tf.Concat,
  tf.Conv2D,
  tf.Conv2DBackpropInput,
  tf.Cos,
  tf.Cosh,
  tf.DepthwiseConv2dNative,
  tf.Erf,
  tf.ExpandDims,
  tf.Expm1,
  tf.Identity,
  tf.Log,
  tf.Log1p,
  tf.MaxPool,
  tf.Mean,
  tf.Mod,
  tf.Multiply,
  tf.Neg,
  tf.Pack,
  tf.PadV2,
  tf.RealDiv,
  tf.Reciprocal,
  tf.Relu,
  tf.Reshape,
  tf.Reverse,
  tf.Rsqrt,
  tf.Select,
  tf.Sin,
  tf.Sinh,
  tf.Slice,
  tf.Softplus,
  tf.SpaceToBatchND,
  tf.SplitV,
  tf.Sqrt,
  tf.Square,
  tf.Sub,
  tf.Sum,
  tf.Tan,
  tf.Transpose,
  tf.Unpack,
];
