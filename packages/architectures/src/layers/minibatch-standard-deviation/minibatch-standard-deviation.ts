import { positiveInteger } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';

const epsilon = 1e-8;

const schema = v.strictObject({
  /** Samples that are compared with each other: the largest divisor of the batch size up to this. Default 4. */
  groupSize: v.optional(positiveInteger, 4),
});

export interface MinibatchStandardDeviationOptions extends LayerArguments, v.InferInput<typeof schema> {}

/** The layer that {@link minibatchStandardDeviation} makes. */
export class MinibatchStandardDeviation extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanMinibatchStandardDeviation';

  private readonly groupSize: number;

  constructor(given: MinibatchStandardDeviationOptions) {
    const { common, options } = layerOptions(schema, given, 'minibatchStandardDeviation');
    super(common);
    this.groupSize = options.groupSize;
  }

  override computeOutputShape(inputShape: number[]): number[] {
    return [...inputShape.slice(0, -1), inputShape[inputShape.length - 1] + 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const [batch, ...sampleShape] = x.shape;
      let group = Math.min(this.groupSize, batch);
      while (batch % group !== 0) group--;

      const groups = tf.reshape(x, [group, batch / group, -1]);
      const centred = tf.sub(groups, tf.mean(groups, 0, true));
      const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), epsilon));
      // One number per group, for each of its samples and pixels.
      const ones = tf.ones([group, batch / group, ...sampleShape.slice(0, -1), 1]);
      const means = tf.reshape(tf.mean(deviation, 1), [1, batch / group, ...sampleShape.map(() => 1)]);
      const map = tf.reshape(tf.mul(ones, means), [batch, ...sampleShape.slice(0, -1), 1]);
      return tf.concat([x, map], -1);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), groupSize: this.groupSize };
  }
}

/**
 * Minibatch standard deviation: one more channel, the same number for all pixels of a group of samples,
 *
 *     mean over pixels and channels of sqrt(v + 1e-8)        v the variance within the group
 *
 * It shows a discriminator how much the
 * samples of a batch vary. Samples i, i + batch / group, i + 2 batch / group, ... are one group. It has no weights.
 *
 * @see Karras et al.: Progressive growing of GANs, arXiv:1710.10196, section 3
 */
export function minibatchStandardDeviation(options: MinibatchStandardDeviationOptions = {}): layers.Layer {
  return new MinibatchStandardDeviation(options);
}
