import * as tf from '@tensorflow/tfjs-core';
import { requireChoice } from '../checks/require-choice.js';
import { requireTensors } from '../checks/require-tensors.js';

/**
 * LeCam regularisation: logits are not to leave the moving average of those of the other kind.
 *
 *     two-sided  mean (D(x) - a_fake)^2 + mean (D(G(z)) - a_real)^2
 *     one-sided  mean max(0, D(x) - a_fake)^2 + mean max(0, a_real - D(G(z)))^2
 *
 * @param tensors `realLogits` and `fakeLogits` of any shape; `realAverage` and `fakeAverage`, the moving averages of their
 *   means, scalars that are not trained; float32
 * @param options `form`: the `two-sided` of the paper (default), or the `one-sided` of its code, which lets logits come nearer
 * @returns a scalar of at least 0; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty
 * @throws OptionError when the form is unknown
 * @see Tseng et al., "Regularizing generative adversarial networks under limited data", 2021, arXiv 2104.03310, Eq 4
 */
export function leCam(
  tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
    readonly realAverage: tf.Scalar;
    readonly fakeAverage: tf.Scalar;
  },
  { form = 'two-sided' }: { readonly form?: 'two-sided' | 'one-sided' } = {},
): tf.Scalar {
  const { realLogits, fakeLogits, realAverage, fakeAverage } = tensors;
  requireTensors('leCam', { realLogits, fakeLogits, realAverage, fakeAverage });
  requireChoice('leCam', 'form', form, ['two-sided', 'one-sided']);
  return tf.tidy(() => {
    const distance = (above: tf.Tensor, below: tf.Tensor) => {
      const difference = tf.sub(above, below);
      return tf.mean<tf.Scalar>(tf.square(form === 'one-sided' ? tf.relu(difference) : difference));
    };
    return tf.add<tf.Scalar>(distance(realLogits, fakeAverage), distance(realAverage, fakeLogits));
  });
}
