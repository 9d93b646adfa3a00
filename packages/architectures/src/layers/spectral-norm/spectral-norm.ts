import { positiveInteger } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { PowerIteration } from './power-iteration.js';

type Layer = layers.Layer;

/** What is used of a layer with a kernel. */
interface KernelLayer extends Layer {
  kernel: Pick<LayerVariable, 'read'>;
}

const wrapped = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Conv3DTranspose'];

const schema = v.strictObject({
  /** A dense layer or a convolution, plain or transposed; this layer takes it over. */
  layer: v.pipe(
    v.custom<Layer>(
      (value) => value instanceof layers.Layer && wrapped.includes(value.getClassName()),
      `must be a layer of one of the classes ${wrapped.join(', ')}`,
    ),
    v.transform((layer) => layer as KernelLayer),
  ),
  /** Power iterations in each call in training mode. Default 1. */
  powerIterations: v.optional(positiveInteger, 1),
});

export interface SpectralNormOptions extends LayerArguments, v.InferInput<typeof schema> {}

/** The layer that {@link spectralNorm} makes. */
export class SpectralNorm extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanSpectralNorm';

  private readonly layer: KernelLayer;
  private readonly powerIterations: number;
  private power!: PowerIteration;

  constructor(given: SpectralNormOptions) {
    const { common, options } = layerOptions(schema, given, 'spectralNorm');
    super(common);
    this.layer = options.layer;
    this.powerIterations = options.powerIterations;
  }

  override build(inputShape: Shape | Shape[]): void {
    this.layer.build(inputShape);
    this.layer.built = true;
    this._trainableWeights.push(...this.layer.trainableWeights);
    tf.tidy(() => {
      const matrix = this.matrix(this.layer.kernel.read());
      this.power = new PowerIteration(this.addWeight.bind(this), 'kernel', matrix, this.powerIterations);
    });
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const { kernel } = this.layer;
      const weights = kernel.read();
      const divisor = this.power.divisor(this.matrix(weights), kwargs.training ?? false);
      const normalized = tf.div(weights, divisor);
      // The layer reads its kernel when it is called, and reads this one instead.
      this.layer.kernel = { read: () => normalized };
      try {
        return this.layer.call(inputs, kwargs);
      } finally {
        this.layer.kernel = kernel;
      }
    });
  }

  /** `[inputs of one output, outputs]`; a transposed convolution's kernel is `[..., outputs, inputs]`. */
  private matrix(kernel: tf.Tensor): tf.Tensor {
    const axes = kernel.shape.map((_, axis) => axis);
    const outputsLast = this.layer.getClassName().endsWith('Transpose')
      ? tf.transpose(kernel, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
      : kernel;
    return tf.reshape(outputsLast, [-1, outputsLast.shape[axes.length - 1]]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return this.layer.computeOutputShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { layer, powerIterations } = this;
    return {
      ...super.getConfig(),
      layer: { className: layer.getClassName(), config: layer.getConfig() },
      powerIterations,
    };
  }

  /** @nocollapse */
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const { className, config: layerConfig } = config['layer'] as unknown as SavedLayer;
    const [layerClass, fromConfig] = tf.serialization.SerializationMap.getMap().classNameMap[className];
    return new cls({ ...config, layer: fromConfig(layerClass, layerConfig) });
  }
}

/** How a layer stands in the configuration of another. */
interface SavedLayer {
  readonly className: string;
  readonly config: tf.serialization.ConfigDict;
}

/**
 * Spectral norm: the layer with its kernel divided by the kernel's largest singular value, so that it stretches no
 * input by more than about 1. The kernel as a matrix is `[inputs of one output, outputs]`; the value is estimated
 * by power iteration, whose vectors are weights that only calls in training mode move.
 *
 * The gradient is that of kernel / (left^T kernel right) with the vectors as constants, to second order too. A kernel of zeros
 * stays as it is and has the gradient of a layer without spectral norm, until it is zeros no more.
 *
 * @example
 * const hidden = spectralNorm({ layer: tf.layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same' }) });
 * const maps = hidden.apply(images);
 * @throws OptionError when the layer is of another class
 * @see Miyato et al.: Spectral normalization for generative adversarial networks, arXiv:1802.05957, algorithm 1
 */
export function spectralNorm(options: SpectralNormOptions): layers.Layer {
  return new SpectralNorm(options);
}
