import { resolveOptions, type Augmentation } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { requireImages } from './require-images.js';

const id = 'diff-augment';
/** Brightness, saturation, contrast; rows and columns of the shift; rows and columns of the rectangle. */
const numbersPerSample = 7;

const schema = v.strictObject({
  /** Brightness, saturation and contrast. Default true. */
  color: v.optional(v.boolean('must be true or false'), true),
  /** Shifts of up to an eighth of the image; what moves in is grey. Default true. */
  translation: v.optional(v.boolean('must be true or false'), true),
  /** A grey rectangle of half the image's height and width. Default true. */
  cutout: v.optional(v.boolean('must be true or false'), true),
});

export type DiffAugmentOptions = v.InferInput<typeof schema>;

/**
 * DiffAugment: the discriminator sees real and generated images in random colours, shifted, and with a part cut out, so
 * that it cannot learn a small data set by heart; the generator is trained through these changes and does not copy them.
 *
 * With u of U[0, 1) for each image and each change, of images x in [-1, 1] (other ranges are brought there and back):
 *
 *     brightness   x + u - 1/2
 *     saturation   m + 2 u (x - m), m the mean of a pixel's channels
 *     contrast     m + (u + 1/2) (x - m), m the mean of the image
 *     translation  by whole pixels of -floor(size / 8 + 1/2) to floor(size / 8 + 1/2), all equally often, in each direction
 *     cutout       0 in a rectangle of floor(size / 2 + 1/2), its centre anywhere in the image
 *
 * @throws OptionError when an option is unknown
 * @see Zhao, Liu, Lin, Zhu, Han, "Differentiable augmentation for data-efficient GAN training", 2020, arXiv 2006.10738
 * @see code: mit-han-lab/data-efficient-gans 297dc8c DiffAugment_pytorch.py
 */
export function diffAugment(options?: DiffAugmentOptions): Augmentation {
  const resolved = resolveOptions(schema, options, id);
  return {
    id,
    title: 'DiffAugment',
    source: {
      title: 'Zhao et al.: Differentiable augmentation for data-efficient GAN training',
      year: 2020,
      reference: 'arXiv:2006.10738',
      code: 'mit-han-lab/data-efficient-gans 297dc8c DiffAugment_pytorch.py',
    },
    options: resolved,
    changes: 'discriminated',
    numbersPerSample,
    apply(samples, numbers, [low, high]) {
      requireImages(id, samples, numbers, numbersPerSample);
      return tf.tidy(() => {
        const [brightness, saturation, contrast, shiftY, shiftX, cutoutY, cutoutX] = tf.split(
          numbers,
          numbersPerSample,
          1,
        );
        const [middle, half] = [(low + high) / 2, (high - low) / 2];
        let images: tf.Tensor4D = tf.div(tf.sub(samples, middle), half);
        if (resolved.color) images = changeColors(images, { brightness, saturation, contrast });
        if (resolved.translation) images = translate(images, shiftY, shiftX);
        if (resolved.cutout) images = cutOut(images, cutoutY, cutoutX);
        return tf.add(tf.mul(images, half), middle);
      });
    },
  };
}

/** In these functions a random number of each image is `[batch, 1]`. */
function changeColors(
  images: tf.Tensor4D,
  numbers: Readonly<Record<'brightness' | 'saturation' | 'contrast', tf.Tensor>>,
): tf.Tensor4D {
  const ofImage = (number: tf.Tensor) => tf.reshape(number, [-1, 1, 1, 1]);
  const spread = (x: tf.Tensor4D, axes: number[], factor: tf.Tensor): tf.Tensor4D => {
    const mean = tf.mean(x, axes, true);
    return tf.add(tf.mul(tf.sub(x, mean), factor), mean);
  };
  const brighter: tf.Tensor4D = tf.add(images, ofImage(tf.sub(numbers.brightness, 0.5)));
  const saturated = spread(brighter, [3], ofImage(tf.mul(numbers.saturation, 2)));
  return spread(saturated, [1, 2, 3], ofImage(tf.add(numbers.contrast, 0.5)));
}

/**
 * Shifts by products with matrices of 0 and 1, which pick rows and columns: the gradient of a product is a product, that
 * of a gather adds up entry by entry.
 */
function translate(images: tf.Tensor4D, y: tf.Tensor, x: tf.Tensor): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const shiftedRows = tf.matMul(
    pickShifted(height, y),
    tf.reshape(images, [batch, height, width * channels]),
  );
  const columnsFirst = tf.transpose(tf.reshape(shiftedRows, images.shape), [0, 2, 1, 3]);
  const shiftedColumns = tf.matMul(
    pickShifted(width, x),
    tf.reshape(columnsFirst, [batch, width, height * channels]),
  );
  return tf.transpose(tf.reshape(shiftedColumns, [batch, width, height, channels]), [0, 2, 1, 3]);
}

/** `[batch, size, size]`: row i of an image's matrix picks row i + shift, or nothing where there is no such row. */
function pickShifted(size: number, number: tf.Tensor): tf.Tensor3D {
  const most = Math.round(size / 8);
  const shift = tf.sub(tf.floor(tf.mul(number, 2 * most + 1)), most); // whole numbers from -most to most
  const places = tf.range(0, size);
  const distance = tf.sub(tf.reshape(places, [1, 1, size]), tf.reshape(places, [1, size, 1]));
  return tf.cast(tf.equal<tf.Tensor3D>(distance, tf.reshape(shift, [-1, 1, 1])), 'float32');
}

function cutOut(images: tf.Tensor4D, y: tf.Tensor, x: tf.Tensor): tf.Tensor4D {
  const [, height, width] = images.shape;
  const rows = tf.reshape(insideOfCut(height, y), [-1, height, 1, 1]);
  const columns = tf.reshape(insideOfCut(width, x), [-1, 1, width, 1]);
  return tf.mul(images, tf.sub(1, tf.mul(rows, columns)));
}

/** `[batch, size]`: 1 where a line of pixels crosses an image's rectangle, 0 elsewhere. */
function insideOfCut(size: number, number: tf.Tensor): tf.Tensor2D {
  const cut = Math.round(size / 2);
  // A rectangle of an even number of pixels has its centre between two of them: there is one place more.
  const places = size + (1 - (cut % 2));
  const first = tf.sub(tf.floor(tf.mul(number, places)), Math.floor(cut / 2));
  const distance = tf.sub(tf.reshape(tf.range(0, size), [1, size]), first);
  const inside = tf.mul(
    tf.cast(tf.greaterEqual(distance, 0), 'float32'),
    tf.cast(tf.less(distance, cut), 'float32'),
  );
  return tf.reshape(inside, [-1, size]);
}
