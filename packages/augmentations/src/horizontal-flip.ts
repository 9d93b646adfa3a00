import { resolveOptions, type Augmentation } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { requireImages } from './require-images.js';

const id = 'horizontal-flip';
const numbersPerSample = 1;

/**
 * Mirrors every second real image, left for right: twice as many training images where left and right mean nothing, as
 * in photographs of objects. Not for digits or text.
 *
 * @throws OptionError when it is given an option: there are none
 * @see Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural networks", 2012, section 4.1
 */
export function horizontalFlip(options?: Readonly<Record<string, never>>): Augmentation {
  return {
    id,
    title: 'Horizontal flip',
    source: {
      title: 'Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional neural networks',
      year: 2012,
      reference: '10.1145/3065386',
    },
    options: resolveOptions(v.strictObject({}), options, id),
    changes: 'real',
    numbersPerSample,
    apply(samples, numbers) {
      requireImages(id, samples, numbers, numbersPerSample);
      return tf.tidy(() => {
        const flipped = tf.reshape(tf.less(numbers, 0.5), [-1, 1, 1, 1]);
        return tf.where(flipped, tf.reverse(samples, 2), samples);
      });
    },
  };
}
