import { oneOf, positive, positiveInteger, RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { weightInitializer } from '../../initializers/seeded-initializer.js';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';
import { seed } from '../seed.js';

const schema = v.strictObject({
  /** `spread`: a number per channel to an image; `gather`: an image to a number per channel. */
  direction: oneOf(['spread', 'gather']),
  /** Height and width of the image. */
  size: positiveInteger,
  /** Of the basis' normal distribution. */
  standardDeviation: positive,
  /** Of the basis. Default 0. */
  seed,
});

export interface SpatialBasisOptions extends LayerArguments, v.InferInput<typeof schema> {}

/**
 * A learned image for each channel: what a number per channel is multiplied with to become an image, or what an image is
 * multiplied with, and summed up, to become a number per channel. R3GAN's way into and out of images.
 */
export class SpatialBasis extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanSpatialBasis';

  private readonly options: v.InferOutput<typeof schema>;
  private basis!: LayerVariable;

  constructor(given: SpatialBasisOptions) {
    const { common, options } = layerOptions(schema, given, 'spatialBasis');
    super(common);
    this.options = options;
  }

  override build(inputShape: number[]): void {
    const { size, standardDeviation } = this.options;
    this.basis = this.addWeight(
      'basis',
      [size, size, inputShape[inputShape.length - 1]],
      'float32',
      weightInitializer({ id: 'normal', standardDeviation }, RandomStream.fromSeed(this.options.seed)),
    );
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: number[]): number[] {
    const { direction, size } = this.options;
    const channels = inputShape[inputShape.length - 1];
    return direction === 'spread' ? [inputShape[0], size, size, channels] : [inputShape[0], channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const basis = this.basis.read();
      if (this.options.direction === 'gather') return tf.sum(tf.mul(x, basis), [1, 2]);
      return tf.mul(tf.reshape(x, [x.shape[0], 1, 1, x.shape[1]!]), basis);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
