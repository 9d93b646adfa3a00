import { RandomStream, positive, positiveInteger } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { weightInitializer } from '../../initializers/seeded-initializer.js';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';
import { seed } from '../seed.js';

const schema = v.strictObject({
  /** Channels are cut into so many groups, which do not see each other. */
  groups: positiveInteger,
  /** Height and width of the window; odd. */
  kernelSize: v.pipe(
    positiveInteger,
    v.check((size) => size % 2 === 1, 'must be odd'),
  ),
  /** Of the kernel's normal distribution. */
  standardDeviation: positive,
  /** Of the kernel. Default 0. */
  seed,
});

export interface GroupedConvolutionOptions extends LayerArguments, v.InferInput<typeof schema> {}

/**
 * A convolution within groups of channels, as many out as in, and a bias; TensorFlow.js's has no groups. It is one product of
 * matrices for all groups, of windows laid out side by side: kernel `[groups, kernelSize^2 group channels, group channels]`.
 */
export class GroupedConvolution extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanGroupedConvolution';

  private readonly options: v.InferOutput<typeof schema>;
  private kernel!: LayerVariable;
  private bias!: LayerVariable;

  constructor(given: GroupedConvolutionOptions) {
    const { common, options } = layerOptions(schema, given, 'groupedConvolution');
    super(common);
    this.options = options;
  }

  override build(inputShape: number[]): void {
    const { groups, kernelSize, standardDeviation } = this.options;
    const channels = inputShape[inputShape.length - 1] / groups;
    const distribution = { id: 'normal', standardDeviation } as const;
    this.kernel = this.addWeight(
      'kernel',
      [groups, kernelSize ** 2 * channels, channels],
      'float32',
      weightInitializer(distribution, RandomStream.fromSeed(this.options.seed)),
    );
    this.bias = this.addWeight('bias', [inputShape[inputShape.length - 1]], 'float32', initializers.zeros());
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: number[]): number[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const images = oneTensor(inputs);
      const [batch, height, width, channels] = images.shape;
      const { groups, kernelSize } = this.options;
      const margin: [number, number] = [(kernelSize - 1) / 2, (kernelSize - 1) / 2];
      const padded = tf.pad(images, [[0, 0], margin, margin, [0, 0]]);
      const inGroup = channels / groups;
      const windows = Array.from({ length: kernelSize ** 2 }, (_, i) => {
        const begin = [0, Math.floor(i / kernelSize), i % kernelSize, 0];
        const shifted = tf.slice(padded, begin, [batch, height, width, channels]);
        return tf.reshape(shifted, [batch * height * width, groups, inGroup]);
      });
      const columns = tf.transpose(tf.concat(windows, 2), [1, 0, 2]);
      const products = tf.matMul(columns, this.kernel.read());
      const convolved = tf.reshape(tf.transpose(products, [1, 0, 2]), [batch, height, width, channels]);
      return tf.add(convolved, this.bias.read());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
