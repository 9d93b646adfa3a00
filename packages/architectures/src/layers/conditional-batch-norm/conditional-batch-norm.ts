import { decay, positive, positiveInteger } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { labelRows, splitInputs, splitShapes, tableRows } from '../labels.js';

const schema = v.strictObject({
  /** Number of classes; needed when the layer is applied to `[x, labels]`. */
  classes: v.optional(positiveInteger),
  /** Decay of the moving averages that inference uses. Default 0.999. */
  momentum: v.optional(decay, 0.999),
  /** Added to the variance. Default 1e-5. */
  epsilon: v.optional(positive, 1e-5),
});

export interface ConditionalBatchNormOptions extends LayerArguments, v.InferInput<typeof schema> {}

/** The layer that {@link conditionalBatchNorm} makes. */
export class ConditionalBatchNorm extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanConditionalBatchNorm';

  private readonly options: v.InferOutput<typeof schema>;
  /** `[classes, channels]`; one row where there are no labels. */
  private scales!: LayerVariable;
  private offsets!: LayerVariable;
  private movingMean!: LayerVariable;
  private movingVariance!: LayerVariable;

  constructor(given: ConditionalBatchNormOptions) {
    const { common, options } = layerOptions(schema, given, 'conditionalBatchNorm');
    super(common);
    this.options = options;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { shape, labels } = splitShapes('conditionalBatchNorm', inputShape);
    const rows = tableRows('conditionalBatchNorm', labels, this.options.classes);
    const channels = shape[shape.length - 1]!;
    this.scales = this.addWeight('scale', [rows, channels], 'float32', initializers.ones());
    this.offsets = this.addWeight('offset', [rows, channels], 'float32', initializers.zeros());
    const addState = (name: string, initializer: ReturnType<typeof initializers.ones>): LayerVariable =>
      this.addWeight(name, [channels], 'float32', initializer, undefined, false);
    this.movingMean = addState('moving-mean', initializers.zeros());
    this.movingVariance = addState('moving-variance', initializers.ones());
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return splitShapes('conditionalBatchNorm', inputShape).shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const { x, labels } = splitInputs(inputs);
      const { mean, variance } = training ? this.batchStatistics(x) : this.movingStatistics();
      const normalized = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, this.options.epsilon)));
      const perSample = (table: LayerVariable): tf.Tensor => {
        const rows = labelRows(table.read(), labels);
        return tf.reshape(rows, [rows.shape[0], ...x.shape.slice(1, -1).fill(1), -1]);
      };
      return tf.add(tf.mul(normalized, perSample(this.scales)), perSample(this.offsets));
    });
  }

  private batchStatistics(x: tf.Tensor): { mean: tf.Tensor; variance: tf.Tensor } {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const { mean, variance } = tf.moments(x, axes);
    const { momentum } = this.options;
    const move = (moving: LayerVariable, value: tf.Tensor): void =>
      void moving.write(tf.add(tf.mul(moving.read(), momentum), tf.mul(value, 1 - momentum)));
    move(this.movingMean, mean);
    move(this.movingVariance, variance);
    return { mean, variance };
  }

  private movingStatistics(): { mean: tf.Tensor; variance: tf.Tensor } {
    return { mean: this.movingMean.read(), variance: this.movingVariance.read() };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}

/**
 * Conditional batch norm,
 *
 *     (x - m) / sqrt(v + epsilon) * scale[label] + offset[label]
 *
 * with mean m and variance v of each channel (the last axis), scale and offset a trainable row per class. Calls in training mode use the
 * batch's statistics and move the averages that inference uses.
 *
 * Applied to `[x, labels]`, labels whole numbers from 0 to `classes` - 1 of shape `[batch]` or `[batch, 1]`, or one-hot,
 * `[batch, classes]`; or to `x` alone: then it is plain batch norm.
 *
 * @throws OptionError when it is applied to labels and `classes` is missing
 * @throws ShapeError when the labels are not one per sample, or not as wide as there are classes
 * @see Dumoulin et al.: A learned representation for artistic style, arXiv:1610.07629, section 2.2
 */
export function conditionalBatchNorm(options: ConditionalBatchNormOptions = {}): layers.Layer {
  return new ConditionalBatchNorm(options);
}
