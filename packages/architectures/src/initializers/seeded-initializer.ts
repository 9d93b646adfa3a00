import { RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { initializers, layers } from '@tensorflow/tfjs-layers';
import { drawWeights, type WeightDistribution } from './weight-distribution.js';

/**
 * A Keras initialiser whose numbers come from a {@link RandomStream}: the same on every machine and
 * backend, which TensorFlow.js's own seeded initialisers do not promise.
 *
 * The prefix is part of the class name because TensorFlow.js finds classes by that name alone.
 */
export class SeededInitializer extends tf.serialization.Serializable {
  /** @nocollapse */
  static readonly className = 'DistGanInitializer';

  private readonly distribution: WeightDistribution;
  private readonly seed: number;

  constructor({ distribution, seed }: { distribution: WeightDistribution; seed: number }) {
    super();
    this.distribution = distribution;
    this.seed = seed;
  }

  apply(shape: number[]): tf.Tensor {
    return tf.tensor(
      drawWeights(this.distribution, shape, RandomStream.fromSeed(this.seed)),
      shape,
      'float32',
    );
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { distribution: { ...this.distribution }, seed: this.seed };
  }
}

type KernelInitializer = Parameters<typeof layers.dense>[0]['kernelInitializer'];

/**
 * The initialiser of one layer.
 *
 * @param random the layer's own stream; it is consumed
 */
export function seededInitializer(distribution: WeightDistribution, random: RandomStream): KernelInitializer {
  // 53 bits: the most that a seed, a whole number, can hold.
  const seed = random.nextUint32() * 2 ** 21 + (random.nextUint32() >>> 11);
  // The layer looks its class up by name.
  tf.serialization.registerClass(SeededInitializer);
  // TensorFlow.js does not export its base class of initialisers; a configuration stands for an instance.
  const configuration = { className: SeededInitializer.className, config: { distribution, seed } };
  return configuration as unknown as KernelInitializer;
}

type Initializer = ReturnType<typeof initializers.zeros>;

/**
 * The initialiser of a weight that a layer of this package adds itself. The layer saves the seed, not this.
 *
 * @param random the weight's own stream; it is consumed
 */
export function weightInitializer(distribution: WeightDistribution, random: RandomStream): Initializer {
  const apply = (shape: number[]): tf.Tensor => tf.tensor(drawWeights(distribution, shape, random), shape);
  return { apply } as unknown as Initializer;
}
