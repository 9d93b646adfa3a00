import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { oneTensor } from '../one-tensor.js';

/** Sets of embedded samples `[sets, size, units]` to their means, `[sets, units]`. */
export class SetMean extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanSetMean';

  override computeOutputShape([sets, , units]: number[]): number[] {
    return [sets, units];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mean(oneTensor(inputs), 1);
  }
}

/** Sets `[sets, size, units]` to how far the means of their two halves lie apart, entry by entry, `[sets, units]`. */
export class SetDifference extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanSetDifference';

  override computeOutputShape([sets, , units]: number[]): number[] {
    return [sets, units];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [first, second] = tf.split(oneTensor(inputs), 2, 1).map((half) => tf.mean(half, 1));
      return tf.abs(tf.sub(first, second));
    });
  }
}
