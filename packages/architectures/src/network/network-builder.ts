import type { RandomStream } from '@dist-gan/core';
import { input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { registerCustomObjects } from '../custom-objects.js';
import { seededInitializer } from '../initializers/seeded-initializer.js';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { conditionalBatchNorm } from '../layers/conditional-batch-norm/conditional-batch-norm.js';
import { projectionHead } from '../layers/projection-head/projection-head.js';
import { spectralNorm } from '../layers/spectral-norm/spectral-norm.js';
import { BilinearUpSampling2D } from '../layers/bilinear-up-sampling-2d/bilinear-up-sampling-2d.js';
import { GroupedConvolution } from '../layers/grouped-convolution/grouped-convolution.js';
import { Maxout } from '../layers/maxout/maxout.js';
import { Resample, type ResampleOptions } from '../layers/resample/resample.js';
import { SpatialBasis, type SpatialBasisOptions } from '../layers/spatial-basis/spatial-basis.js';
import { SetDifference, SetMean } from '../layers/sets/set-pooling.js';
import { GlobalSumPooling2D } from '../layers/global-sum-pooling-2d/global-sum-pooling-2d.js';

/** A convolution. */
export interface ConvolutionOptions {
  /** Channels that come out. */
  readonly filters: number;
  /** Height and width of the window. */
  readonly kernelSize: number;
  /** Default 1. */
  readonly stride?: number;
  /** Default `same`. */
  readonly padding?: 'same' | 'valid';
  /** Default true; without one before a batch norm, which takes it away. */
  readonly bias?: boolean;
  /** What the kernel is drawn from; default that of the network. */
  readonly distribution?: WeightDistribution;
}

/** How a network is normalised. */
interface NormOptions {
  /** Whether every dense layer and convolution has spectral norm. Default false. */
  readonly spectralNorm?: boolean;
  readonly batchNorm?: BatchNormOptions;
}

/** How a network's batch norms are set. */
export interface BatchNormOptions {
  /** Of the moving averages that inference uses. */
  readonly decay: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Batch norm as slim is called in the authors' code (tntrung/gan, models_dcgan.py:19-20). */
export const slimBatchNorm: BatchNormOptions = { decay: 0.9, epsilon: 1e-5 };

/**
 * Makes the layers of one network. Each layer is named by what it is and a running number, `dense-1`,
 * `dense-2`, ..., and its weights are drawn from the stream of that name below the network's.
 */
export class NetworkBuilder {
  private readonly counts = new Map<string, number>();
  /** What {@link classBatchNorm} and {@link logit} depend on, too. */
  private condition?: { readonly labels: SymbolicTensor; readonly classes: number };

  /**
   * @param random the network's stream; it is not consumed
   * @param distribution what kernels are drawn from; biases start at 0
   * @param norms default: no spectral norm; batch norm with decay 0.9 and epsilon 1e-5
   */
  constructor(
    private readonly random: RandomStream,
    private readonly distribution: WeightDistribution,
    private readonly norms: NormOptions = {},
  ) {
    registerCustomObjects();
  }

  /** An input of the network: one sample has this shape. */
  input(sampleShape: readonly number[]): SymbolicTensor {
    return input({ shape: [...sampleShape], name: this.name('input') });
  }

  /**
   * The inputs of a network that may depend on a class, in {@link classBatchNorm} and {@link logit}: `[input, one-hot labels]`;
   * without classes, the input alone.
   */
  inputs(sampleShape: readonly number[], classes: number | undefined): [SymbolicTensor, ...SymbolicTensor[]] {
    const x = this.input(sampleShape);
    if (classes === undefined) return [x];
    const labels = input({ shape: [classes], name: this.name('labels') });
    this.condition = { labels, classes };
    return [x, labels];
  }

  dense(
    x: SymbolicTensor,
    units: number,
    { bias = true, distribution = this.distribution } = {},
  ): SymbolicTensor {
    const name = this.name('dense');
    const kernelInitializer = this.initializer(name, distribution);
    return this.normalized(layers.dense({ name, units, useBias: bias, kernelInitializer })).apply(
      x,
    ) as SymbolicTensor;
  }

  convolution(x: SymbolicTensor, options: ConvolutionOptions): SymbolicTensor {
    const layer = layers.conv2d(this.convolutionArguments('convolution', options));
    return this.normalized(layer).apply(x) as SymbolicTensor;
  }

  /** A convolution the other way round: it makes images `stride` times larger. */
  transposedConvolution(x: SymbolicTensor, options: ConvolutionOptions): SymbolicTensor {
    const layer = layers.conv2dTranspose(this.convolutionArguments('transposed-convolution', options));
    return this.normalized(layer).apply(x) as SymbolicTensor;
  }

  /** Batch norm with scale and offset: batch statistics in training mode, moving averages in inference. */
  batchNorm(x: SymbolicTensor): SymbolicTensor {
    const { decay, epsilon } = this.norms.batchNorm ?? slimBatchNorm;
    return layers
      .batchNormalization({ name: this.name('batch-norm'), momentum: decay, epsilon })
      .apply(x) as SymbolicTensor;
  }

  /** The same; where there is a class, with a scale and an offset of its own. */
  classBatchNorm(x: SymbolicTensor): SymbolicTensor {
    if (this.condition === undefined) return this.batchNorm(x);
    const { labels, classes } = this.condition;
    const { decay, epsilon } = this.norms.batchNorm ?? slimBatchNorm;
    const name = this.name('conditional-batch-norm');
    return conditionalBatchNorm({ name, classes, momentum: decay, epsilon }).apply([
      x,
      labels,
    ]) as SymbolicTensor;
  }

  /** A discriminator's logit of flat features: a dense layer of one unit, and where there is a class its projection. */
  logit(features: SymbolicTensor): SymbolicTensor {
    if (this.condition === undefined) return this.dense(features, 1);
    const { labels, classes } = this.condition;
    const name = this.name('projection-head');
    return projectionHead({ name, classes, seed: this.seed(name) }).apply([
      features,
      labels,
    ]) as SymbolicTensor;
  }

  /** 2 x - 1: from [0, 1] to [-1, 1]. */
  centre(x: SymbolicTensor): SymbolicTensor {
    return layers.rescaling({ name: this.name('centre'), scale: 2, offset: -1 }).apply(x) as SymbolicTensor;
  }

  relu(x: SymbolicTensor): SymbolicTensor {
    return layers.reLU({ name: this.name('relu') }).apply(x) as SymbolicTensor;
  }

  /** x where it is above 0, `slope` * x elsewhere. */
  leakyRelu(x: SymbolicTensor, slope: number): SymbolicTensor {
    return layers.leakyReLU({ name: this.name('leaky-relu'), alpha: slope }).apply(x) as SymbolicTensor;
  }

  tanh(x: SymbolicTensor): SymbolicTensor {
    return layers.activation({ name: this.name('tanh'), activation: 'tanh' }).apply(x) as SymbolicTensor;
  }

  sigmoid(x: SymbolicTensor): SymbolicTensor {
    return layers
      .activation({ name: this.name('sigmoid'), activation: 'sigmoid' })
      .apply(x) as SymbolicTensor;
  }

  /** `[batch, ...sampleShape]` as `[batch, numbers per sample]`; what is flat already stays as it is. */
  flatten(x: SymbolicTensor): SymbolicTensor {
    if (x.shape.length === 2) return x;
    return layers.flatten({ name: this.name('flatten') }).apply(x) as SymbolicTensor;
  }

  /** The same numbers as samples of another shape. */
  reshape(x: SymbolicTensor, sampleShape: readonly number[]): SymbolicTensor {
    if (x.shape.slice(1).join() === sampleShape.join()) return x;
    return layers
      .reshape({ name: this.name('reshape'), targetShape: [...sampleShape] })
      .apply(x) as SymbolicTensor;
  }

  /** Images without their first, or without their last, row and column. */
  crop(x: SymbolicTensor, which: 'first' | 'last'): SymbolicTensor {
    const removed: [number, number] = which === 'first' ? [1, 0] : [0, 1];
    return layers
      .cropping2D({ name: this.name('crop'), cropping: [removed, removed] })
      .apply(x) as SymbolicTensor;
  }

  /** Images twice as high and wide, each pixel four times. */
  upsample(x: SymbolicTensor): SymbolicTensor {
    return layers.upSampling2d({ name: this.name('upsample'), size: [2, 2] }).apply(x) as SymbolicTensor;
  }

  /** Images twice as high and wide, bilinearly between the centres of pixels. */
  upsampleBilinear(x: SymbolicTensor): SymbolicTensor {
    return new BilinearUpSampling2D({ name: this.name('bilinear-upsample') }).apply(x) as SymbolicTensor;
  }

  /** Images half as high and wide: means of 2 x 2 pixels. */
  averagePool(x: SymbolicTensor): SymbolicTensor {
    return layers
      .averagePooling2d({ name: this.name('average-pool'), poolSize: 2, strides: 2 })
      .apply(x) as SymbolicTensor;
  }

  /** The mean of each channel: `[batch, channels]`. */
  globalAveragePool(x: SymbolicTensor): SymbolicTensor {
    return layers
      .globalAveragePooling2d({ name: this.name('global-average-pool') })
      .apply(x) as SymbolicTensor;
  }

  /** The sum of each channel: `[batch, channels]`. */
  globalSumPool(x: SymbolicTensor): SymbolicTensor {
    return new GlobalSumPooling2D({ name: this.name('global-sum-pool') }).apply(x) as SymbolicTensor;
  }

  /** A convolution within groups of channels, as many out as in, with a bias. */
  groupedConvolution(
    x: SymbolicTensor,
    options: { readonly groups: number; readonly kernelSize: number; readonly standardDeviation: number },
  ): SymbolicTensor {
    const name = this.name('grouped-convolution');
    return new GroupedConvolution({ name, ...options, seed: this.seed(name) }).apply(x) as SymbolicTensor;
  }

  /** Images twice or half as high and wide, filtered by [1, 3, 3, 1]. */
  resample(x: SymbolicTensor, direction: ResampleOptions['direction']): SymbolicTensor {
    return new Resample({ name: this.name('resample'), direction }).apply(x) as SymbolicTensor;
  }

  /** A number per channel to an image, or the other way round, by a learned image for each channel. */
  spatialBasis(
    x: SymbolicTensor,
    options: Pick<SpatialBasisOptions, 'direction' | 'size' | 'standardDeviation'>,
  ): SymbolicTensor {
    const name = this.name('spatial-basis');
    return new SpatialBasis({ name, ...options, seed: this.seed(name) }).apply(x) as SymbolicTensor;
  }

  /** The largest of each so many inputs. */
  maxout(x: SymbolicTensor, pieces: number): SymbolicTensor {
    return new Maxout({ name: this.name('maxout'), pieces }).apply(x) as SymbolicTensor;
  }

  /** x where it is above 0, exp(x) - 1 elsewhere. */
  elu(x: SymbolicTensor): SymbolicTensor {
    return layers.elu({ name: this.name('elu') }).apply(x) as SymbolicTensor;
  }

  /** `[sets, size, units]` to the mean of each set. */
  setMean(x: SymbolicTensor): SymbolicTensor {
    return new SetMean({ name: this.name('set-mean') }).apply(x) as SymbolicTensor;
  }

  /** `[sets, size, units]` to the distance of the means of a set's halves, entry by entry. */
  setDifference(x: SymbolicTensor): SymbolicTensor {
    return new SetDifference({ name: this.name('set-difference') }).apply(x) as SymbolicTensor;
  }

  add(a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor {
    return layers.add({ name: this.name('add') }).apply([a, b]) as SymbolicTensor;
  }

  /** Vectors one after the other. */
  concatenate(a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor {
    return layers.concatenate({ name: this.name('concatenate') }).apply([a, b]) as SymbolicTensor;
  }

  private seed(layer: string): number {
    return this.random.derive(layer).nextUint32();
  }

  private normalized(layer: layers.Layer): layers.Layer {
    return this.norms.spectralNorm ? spectralNorm({ layer, name: this.name('spectral-norm') }) : layer;
  }

  private convolutionArguments(
    kind: string,
    {
      filters,
      kernelSize,
      stride = 1,
      padding = 'same',
      bias = true,
      distribution = this.distribution,
    }: ConvolutionOptions,
  ) {
    const name = this.name(kind);
    return {
      name,
      filters,
      kernelSize,
      strides: stride,
      padding,
      useBias: bias,
      kernelInitializer: this.initializer(name, distribution),
    };
  }

  private initializer(layer: string, distribution: WeightDistribution) {
    return seededInitializer(distribution, this.random.derive(layer));
  }

  private name(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    return `${kind}-${count}`;
  }
}
