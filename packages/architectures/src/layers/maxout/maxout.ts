import { positiveInteger } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';

const schema = v.strictObject({
  /** How many inputs compete for each output. */
  pieces: positiveInteger,
});

export interface MaxoutOptions extends LayerArguments, v.InferInput<typeof schema> {}

/**
 * The largest of each `pieces` inputs, `[batch, pieces * units]` to `[batch, units]`; unit i has the inputs i, i + units, ...
 *
 * @see Goodfellow, Warde-Farley, Mirza, Courville, Bengio, "Maxout networks", 2013, arXiv 1302.4389
 */
export class Maxout extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanMaxout';

  private readonly pieces: number;

  constructor(given: MaxoutOptions) {
    const { common, options } = layerOptions(schema, given, 'maxout');
    super(common);
    this.pieces = options.pieces;
  }

  override computeOutputShape([batch, inputs]: number[]): number[] {
    return [batch, inputs / this.pieces];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      tf.split(oneTensor(inputs), this.pieces, 1).reduce((largest, piece) => tf.maximum(largest, piece)),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), pieces: this.pieces };
  }
}
