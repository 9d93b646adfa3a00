import { ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { requireChoice } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

/** Keeps a code of length 0 from being divided by it. */
const leastLength = 1e-12;

/**
 * EBGAN's pulling-away term: codes of generated samples are to point into different directions.
 *
 *     1 / (n (n - 1)) sum over i != j of cos(s_i, s_j)^2
 *
 * @param tensors `codes` `[batch, dimension]`, float32, batch of 2 or more
 * @param options `of`: the `squared-cosine` of the paper (default), or the `cosine`, as much of the code in use has it
 * @returns a scalar; the caller disposes it
 * @throws ShapeError when the codes are missing or fewer than 2
 * @throws OptionError when the choice is unknown
 * @see Zhao, Mathieu, LeCun, "Energy-based generative adversarial network", 2016, arXiv 1609.03126, section 2.4
 */
export function pullAwayTerm(
  tensors: { readonly codes: tf.Tensor2D },
  { of = 'squared-cosine' }: { readonly of?: 'squared-cosine' | 'cosine' } = {},
): tf.Scalar {
  const { codes } = tensors;
  requireTensors('pullAwayTerm', { codes });
  requireChoice('pullAwayTerm', 'of', of, ['squared-cosine', 'cosine']);
  const [rows] = codes.shape;
  if (rows < 2) {
    throw new ShapeError(
      `pullAwayTerm: codes has shape [${codes.shape.join(', ')}]; directions need a batch of 2 or more`,
      'codes',
      codes.shape,
      '2 or more rows',
    );
  }
  return tf.tidy(() => {
    const lengths = tf.sqrt(tf.add(tf.sum(tf.square(codes), 1, true), leastLength));
    const directions = tf.div<tf.Tensor2D>(codes, lengths);
    const cosines = tf.matMul(directions, directions, false, true);
    const values = of === 'cosine' ? cosines : tf.square(cosines);
    const different = tf.mul(values, tf.sub(1, tf.eye(rows)));
    return tf.div<tf.Scalar>(tf.sum(different), rows * (rows - 1));
  });
}
