import { positiveInteger, RandomStream } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';
import { addKernel, type Kernel } from '../spectral-norm/kernel.js';
import { seed } from '../seed.js';

const schema = v.strictObject({
  /** Channels of the input divided by those of queries, keys and values. Default 8. */
  reduction: v.optional(positiveInteger, 8),
  /** Whether every kernel is divided by its largest singular value, as in SAGAN. Default false. */
  spectralNorm: v.optional(v.boolean('must be true or false'), false),
  /** Of the kernels. Default 0. */
  seed,
});

export interface SelfAttentionOptions extends LayerArguments, v.InferInput<typeof schema> {}

/** The layer that {@link selfAttention} makes. */
export class SelfAttention extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanSelfAttention';

  private readonly options: v.InferOutput<typeof schema>;
  private kernels!: Readonly<Record<'query' | 'key' | 'value' | 'output', Kernel>>;
  private scale!: LayerVariable;

  constructor(given: SelfAttentionOptions) {
    const { common, options } = layerOptions(schema, given, 'selfAttention');
    super(common);
    this.options = options;
  }

  override build(inputShape: number[]): void {
    const channels = inputShape[inputShape.length - 1];
    const reduced = Math.max(1, Math.floor(channels / this.options.reduction));
    const random = RandomStream.fromSeed(this.options.seed);
    const add = (name: string, shape: [number, number]): Kernel =>
      addKernel(this.addWeight.bind(this), name, shape, random.derive(name), this.options);
    this.kernels = {
      query: add('query', [channels, reduced]),
      key: add('key', [channels, reduced]),
      value: add('value', [channels, reduced]),
      output: add('output', [reduced, channels]),
    };
    this.scale = this.addWeight('scale', [], 'float32', initializers.zeros());
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const [batch, height, width, channels] = x.shape;
      const pixels = tf.reshape(x, [batch * height * width, channels]);
      const project = (kernel: Kernel): tf.Tensor3D =>
        tf.reshape(tf.matMul(pixels, kernel.read(training)), [batch, height * width, -1]);

      const scores = tf.matMul(project(this.kernels.query), project(this.kernels.key), false, true);
      const attended = tf.matMul(tf.softmax(scores), project(this.kernels.value));
      const flat = tf.reshape(attended, [batch * height * width, -1]);
      const output = tf.reshape(tf.matMul(flat, this.kernels.output.read(training)), x.shape);
      return tf.add(x, tf.mul(this.scale.read(), output));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}

/**
 * Self-attention: images `[batch, height, width, channels]` to x + scale * o of the same shape. Every pixel j asks
 * all pixels i, o_j = W_o sum_i softmax_i(<W_q x_j, W_k x_i>) W_v x_i, with 1 x 1 convolutions W without biases.
 * The scale is a trainable number that starts at 0, so that the layer starts as the identity. Kernels are drawn
 * from U(-a, a), a = sqrt(6 / (fan_in + fan_out)).
 *
 * It costs (height * width)^2 numbers per sample: SAGAN has it at 32 x 32 pixels.
 *
 * @see Zhang et al.: Self-attention generative adversarial networks, arXiv:1805.08318, section 3
 */
export function selfAttention(options: SelfAttentionOptions = {}): layers.Layer {
  return new SelfAttention(options);
}
