import * as tf from '@tensorflow/tfjs-core';
import { SeededInitializer } from './initializers/seeded-initializer.js';
import { BilinearUpSampling2D } from './layers/bilinear-up-sampling-2d/bilinear-up-sampling-2d.js';
import { ConditionalBatchNorm } from './layers/conditional-batch-norm/conditional-batch-norm.js';
import { GroupedConvolution } from './layers/grouped-convolution/grouped-convolution.js';
import { GlobalSumPooling2D } from './layers/global-sum-pooling-2d/global-sum-pooling-2d.js';
import { Maxout } from './layers/maxout/maxout.js';
import { MinibatchStandardDeviation } from './layers/minibatch-standard-deviation/minibatch-standard-deviation.js';
import { PixelNorm } from './layers/pixel-norm/pixel-norm.js';
import { ProjectionHead } from './layers/projection-head/projection-head.js';
import { Resample } from './layers/resample/resample.js';
import { SpatialBasis } from './layers/spatial-basis/spatial-basis.js';
import { SelfAttention } from './layers/self-attention/self-attention.js';
import { SetDifference, SetMean } from './layers/sets/set-pooling.js';
import { SpectralNorm } from './layers/spectral-norm/spectral-norm.js';

const customObjects = [
  SeededInitializer,
  SpectralNorm,
  PixelNorm,
  MinibatchStandardDeviation,
  SelfAttention,
  ConditionalBatchNorm,
  ProjectionHead,
  GlobalSumPooling2D,
  GroupedConvolution,
  Resample,
  SpatialBasis,
  Maxout,
  SetMean,
  SetDifference,
  BilinearUpSampling2D,
];

/**
 * Makes this package's own classes known to TensorFlow.js. Call it before loading a model that has a layer or an
 * initialiser of this package; building one with an architecture does it by itself. Calling it again does no harm.
 *
 * @example
 * registerCustomObjects();
 * const generator = await tf.loadLayersModel('file://generator/model.json');
 */
export function registerCustomObjects(): void {
  for (const custom of customObjects) tf.serialization.registerClass(custom);
}
