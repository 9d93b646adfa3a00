import { eluGradient } from '../activations/elu.js';
import { leakyReluGradient } from '../activations/leaky-relu.js';
import { preluGradient } from '../activations/prelu.js';
import { reluGradient } from '../activations/relu.js';
import { relu6Gradient } from '../activations/relu6.js';
import { seluGradient } from '../activations/selu.js';
import { sigmoidGradient } from '../activations/sigmoid.js';
import { softmaxGradient } from '../activations/softmax.js';
import { tanhGradient } from '../activations/tanh.js';
import {
  conv2dFilterBackwardGradient,
  conv2dGradient,
  conv2dInputBackwardGradient,
} from '../convolution/conv2d.js';
import {
  depthwiseConv2dFilterBackwardGradient,
  depthwiseConv2dGradient,
  depthwiseConv2dInputBackwardGradient,
} from '../convolution/depthwise-conv2d.js';
import { absoluteValueGradient } from '../elementwise/absolute-value.js';
import {
  addGradient,
  addNGradient,
  atan2Gradient,
  divideGradient,
  moduloGradient,
  multiplyGradient,
  subtractGradient,
} from '../elementwise/arithmetic.js';
import { clipByValueGradient } from '../elementwise/clip-by-value.js';
import { functionGradients } from '../elementwise/functions.js';
import { maximumGradient } from '../elementwise/maximum.js';
import { minimumGradient } from '../elementwise/minimum.js';
import { piecewiseConstantGradients } from '../elementwise/piecewise-constant.js';
import { powGradient } from '../elementwise/pow.js';
import { selectGradient } from '../elementwise/select.js';
import { squaredDifferenceGradient } from '../elementwise/squared-difference.js';
import { batchToSpaceGradient, depthToSpaceGradient, spaceToBatchGradient } from '../indexing/blocks.js';
import {
  gatherNdGradient,
  scatterNdGradient,
  tensorScatterUpdateGradient,
} from '../indexing/gather-and-scatter-nd.js';
import { gatherGradient } from '../indexing/gather.js';
import { concatGradient, packGradient, splitGradient, unpackGradient } from '../indexing/join-and-split.js';
import { mirrorPadGradient } from '../indexing/mirror-pad.js';
import {
  castGradient,
  expandDimsGradient,
  flipLeftRightGradient,
  identityGradient,
  reshapeGradient,
  reverseGradient,
  transposeGradient,
} from '../indexing/reorder.js';
import { padGradient, sliceGradient, stridedSliceGradient } from '../indexing/slices.js';
import { tileGradient } from '../indexing/tile.js';
import { topKGradient } from '../indexing/top-k.js';
import { einsumGradient } from '../matrices/einsum.js';
import { matMulGradient } from '../matrices/mat-mul.js';
import { batchNormalizationGradient } from '../normalization/batch-normalization.js';
import { localResponseNormalizationGradient } from '../normalization/local-response-normalization.js';
import { averagePoolingBackwardGradient, averagePoolingGradient } from '../pooling/average-pooling.js';
import { maxPoolingBackwardGradient, maxPoolingGradient } from '../pooling/max-pooling.js';
import { cumulativeSumGradient } from '../reductions/cumulative-sum.js';
import { maxGradient, minGradient } from '../reductions/max-and-min.js';
import { productGradient } from '../reductions/product.js';
import { meanGradient, sumGradient } from '../reductions/sum-and-mean.js';
import { resizeBilinearGradient, resizeNearestNeighborGradient } from '../resizing/resize.js';
import type { GradientDefinition } from './gradient-definitions.js';

/**
 * The gradients that the doctor proves, one per kernel: right at every order, for every attribute and element
 * type that they do not refuse. None depends on a gradient that TensorFlow.js registers.
 */
export const gradientTable: readonly GradientDefinition[] = [
  tanhGradient,
  sigmoidGradient,
  reluGradient,
  eluGradient,
  seluGradient,
  leakyReluGradient,
  preluGradient,
  relu6Gradient,
  softmaxGradient,

  absoluteValueGradient,
  ...functionGradients,
  addGradient,
  addNGradient,
  subtractGradient,
  multiplyGradient,
  divideGradient,
  moduloGradient,
  atan2Gradient,
  powGradient,
  maximumGradient,
  minimumGradient,
  clipByValueGradient,
  squaredDifferenceGradient,
  selectGradient,
  ...piecewiseConstantGradients,

  sumGradient,
  meanGradient,
  productGradient,
  maxGradient,
  minGradient,
  cumulativeSumGradient,

  matMulGradient,
  einsumGradient,

  averagePoolingGradient,
  averagePoolingBackwardGradient,
  maxPoolingGradient,
  maxPoolingBackwardGradient,

  resizeBilinearGradient,
  resizeNearestNeighborGradient,

  conv2dGradient,
  conv2dInputBackwardGradient,
  conv2dFilterBackwardGradient,
  depthwiseConv2dGradient,
  depthwiseConv2dInputBackwardGradient,
  depthwiseConv2dFilterBackwardGradient,

  batchNormalizationGradient,
  localResponseNormalizationGradient,

  identityGradient,
  castGradient,
  reshapeGradient,
  expandDimsGradient,
  transposeGradient,
  reverseGradient,
  flipLeftRightGradient,
  concatGradient,
  packGradient,
  splitGradient,
  unpackGradient,
  sliceGradient,
  stridedSliceGradient,
  padGradient,
  mirrorPadGradient,
  tileGradient,
  gatherGradient,
  gatherNdGradient,
  scatterNdGradient,
  tensorScatterUpdateGradient,
  topKGradient,
  depthToSpaceGradient,
  spaceToBatchGradient,
  batchToSpaceGradient,
];
