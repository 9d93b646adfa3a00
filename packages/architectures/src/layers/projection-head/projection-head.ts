import { positiveInteger, RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { labelRows, splitInputs, splitShapes, tableRows } from '../labels.js';
import { seed } from '../seed.js';
import { addKernel, type Kernel } from '../spectral-norm/kernel.js';

const schema = v.strictObject({
  /** Number of classes; needed when the layer is applied to `[features, labels]`. */
  classes: v.optional(positiveInteger),
  /** Whether both kernels are divided by their largest singular value. Default false. */
  spectralNorm: v.optional(v.boolean('must be true or false'), false),
  /** Of the kernels. Default 0. */
  seed,
});

export interface ProjectionHeadOptions extends LayerArguments, v.InferInput<typeof schema> {}

/** The layer that {@link projectionHead} makes. */
export class ProjectionHead extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanProjectionHead';

  private readonly options: v.InferOutput<typeof schema>;
  /** `[features, 1]`. */
  private kernel!: Kernel;
  private bias!: LayerVariable;
  /** `[classes, features]`. */
  private embedding?: Kernel;

  constructor(given: ProjectionHeadOptions) {
    const { common, options } = layerOptions(schema, given, 'projectionHead');
    super(common);
    this.options = options;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { shape, labels } = splitShapes('projectionHead', inputShape);
    const rows = tableRows('projectionHead', labels, this.options.classes);
    const length = shape[shape.length - 1]!;
    const random = RandomStream.fromSeed(this.options.seed);
    const add = (name: string, kernelShape: [number, number]): Kernel =>
      addKernel(this.addWeight.bind(this), name, kernelShape, random.derive(name), this.options);
    this.kernel = add('kernel', [length, 1]);
    this.bias = this.addWeight('bias', [1], 'float32', initializers.zeros());
    if (labels) this.embedding = add('embedding', [rows, length]);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [splitShapes('projectionHead', inputShape).shape[0], 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const { x: features, labels } = splitInputs(inputs);
      const logits = tf.add(tf.matMul(features, this.kernel.read(training)), this.bias.read());
      if (!this.embedding) return logits;
      const rows = labelRows(this.embedding.read(training), labels);
      return tf.add(logits, tf.sum(tf.mul(rows, features), -1, true));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}

/**
 * The last layer of a projection discriminator: `[batch, features]` to logits `[batch, 1]`,
 *
 *     <w, x> + b + <V[label], x>
 *
 * Kernels are drawn from U(-a, a), a = sqrt(6 / (fan_in + fan_out)); the bias starts at 0.
 *
 * Applied to `[features, labels]`, labels whole numbers from 0 to `classes` - 1 of shape `[batch]` or `[batch, 1]`, or
 * one-hot, `[batch, classes]`; or to `features` alone: then it is a dense layer with one unit.
 *
 * @throws OptionError when it is applied to labels and `classes` is missing
 * @throws ShapeError when the labels are not one per sample, or not as wide as there are classes
 * @see Miyato and Koyama: cGANs with projection discriminator, arXiv:1802.05637, equation 5
 */
export function projectionHead(options: ProjectionHeadOptions = {}): layers.Layer {
  return new ProjectionHead(options);
}
