import * as tf from '@tensorflow/tfjs-core';
import { SeededInitializer } from './initializers/seeded-initializer.js';
import { GlobalSumPooling2D } from './layers/global-sum-pooling-2d/global-sum-pooling-2d.js';

/**
 * Makes this package's own classes known to TensorFlow.js. Call it before loading a model that an
 * architecture of this package built; building one does it by itself. Calling it again does no harm.
 *
 * @example
 * registerCustomObjects();
 * const generator = await tf.loadLayersModel('file://generator/model.json');
 */
export function registerCustomObjects(): void {
  for (const custom of [SeededInitializer, GlobalSumPooling2D]) tf.serialization.registerClass(custom);
}
