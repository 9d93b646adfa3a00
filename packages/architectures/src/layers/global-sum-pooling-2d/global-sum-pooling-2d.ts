import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { oneTensor } from '../one-tensor.js';

/** Images `[batch, height, width, channels]` to the sum of each channel, `[batch, channels]`. */
export class GlobalSumPooling2D extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanGlobalSumPooling2D';

  override computeOutputShape([batch, , , channels]: number[]): number[] {
    return [batch, channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.sum(oneTensor(inputs), [1, 2]);
  }
}
