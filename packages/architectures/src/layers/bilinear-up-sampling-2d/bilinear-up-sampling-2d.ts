import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { oneTensor } from '../one-tensor.js';

/**
 * Images `[batch, height, width, channels]` twice as high and wide, bilinearly between the centres of pixels, as PyTorch's
 * `interpolate` does with `align_corners=False`. TensorFlow.js's own `upSampling2d` goes from the pixels' corners.
 */
export class BilinearUpSampling2D extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanBilinearUpSampling2D';

  override computeOutputShape([batch, height, width, channels]: number[]): number[] {
    return [batch, 2 * height, 2 * width, channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const images = oneTensor(inputs) as tf.Tensor4D;
    const [, height, width] = images.shape;
    return tf.image.resizeBilinear(images, [2 * height, 2 * width], false, true);
  }
}
