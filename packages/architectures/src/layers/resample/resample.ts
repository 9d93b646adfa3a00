import { oneOf } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { layerOptions, type LayerArguments } from '../layer-options.js';
import { oneTensor } from '../one-tensor.js';

const schema = v.strictObject({
  /** Twice (`up`) or half (`down`) as high and wide. */
  direction: oneOf(['up', 'down']),
});

export interface ResampleOptions extends LayerArguments, v.InferInput<typeof schema> {}

/** [1, 2, 1] laid over [1, 1]: what interpolates bilinearly between pixels twice as far apart. */
const filter = [1, 3, 3, 1];

/**
 * Images twice or half as high and wide, filtered by [1, 3, 3, 1] in both directions, zeros beyond the border: R3GAN's resampling. It
 * multiplies with a constant matrix along each axis, so that it can be differentiated as often as wanted.
 */
export class Resample extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'DistGanResample';

  private readonly direction: ResampleOptions['direction'];

  constructor(given: ResampleOptions) {
    const { common, options } = layerOptions(schema, given, 'resample');
    super(common);
    this.direction = options.direction;
  }

  override computeOutputShape([batch, height, width, channels]: number[]): number[] {
    const factor = this.direction === 'up' ? 2 : 0.5;
    return [batch, factor * height, factor * width, channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const images = oneTensor(inputs);
      const [batch, height, width, channels] = images.shape;
      const rows = resampling(height, this.direction);
      const columns = resampling(width, this.direction);
      const rowsFirst = tf.reshape(tf.transpose(images, [1, 0, 2, 3]), [height, -1]);
      const ofRows = tf.reshape(tf.matMul(rows, rowsFirst), [rows.shape[0], batch, width, channels]);
      const columnsFirst = tf.reshape(tf.transpose(ofRows, [2, 1, 0, 3]), [width, -1]);
      const ofBoth = tf.matMul(columns, columnsFirst);
      const shape = [columns.shape[0], batch, rows.shape[0], channels];
      return tf.transpose(tf.reshape(ofBoth, shape), [1, 2, 0, 3]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), direction: this.direction };
  }
}

/** `[lines out, lines in]`: which lines of pixels make up which. */
function resampling(lines: number, direction: ResampleOptions['direction']): tf.Tensor2D {
  const coarse = direction === 'up' ? lines : lines / 2;
  const weights = Array.from({ length: 2 * coarse }, (_, fine) =>
    // Line i of the coarse image lies over lines 2 i - 1 to 2 i + 2 of the fine one.
    Array.from({ length: coarse }, (_, i) => filter[fine - 2 * i + 1] ?? 0),
  );
  const up = tf.tensor2d(weights);
  return direction === 'up' ? tf.div(up, 4) : tf.div(tf.transpose(up), 8);
}
