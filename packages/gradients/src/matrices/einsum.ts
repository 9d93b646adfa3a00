import * as tf from '@tensorflow/tfjs-core';
import type { GradientDefinition } from '../registry/gradient-definitions.js';

/** A tensor and the letters of its axes. */
interface Term {
  readonly letters: string;
  readonly tensor: tf.Tensor;
}

/**
 * The gradient of one operand is the upstream gradient contracted with the other operand; axes that neither
 * of them has were summed on their own, so there the gradient repeats. Stock has none.
 */
export const einsumGradient: GradientDefinition = {
  kernelName: tf.Einsum,
  saveAllInputs: true,
  gradFunc: (upstream, operands, attributes) => {
    const [inputs, result] = (attributes['equation'] as string).replace(/\s/g, '').split('->') as [
      string,
      string,
    ];
    const terms = inputs.split(',').map((letters, at): Term => ({ letters, tensor: operands[at] }));
    const dy: Term = { letters: result, tensor: upstream as tf.Tensor };
    return Object.fromEntries(
      terms.map((term, at) => [at, () => operandGradient(term, [dy, ...terms.filter((_, i) => i !== at)])]),
    );
  },
};

function operandGradient({ letters, tensor }: Term, factors: readonly Term[]): tf.Tensor {
  const kept = [...letters].filter((letter) => factors.some((factor) => factor.letters.includes(letter)));
  const contracted = contract(factors, kept);
  const shape = [...letters].map((letter, axis) => (kept.includes(letter) ? tensor.shape[axis] : 1));
  return tf.broadcastTo(tf.reshape(contracted, shape), tensor.shape);
}

/** The product of one or two terms, summed over all letters but those of the result. */
function contract(factors: readonly Term[], result: readonly string[]): tf.Tensor {
  const scalars = factors.filter(({ letters }) => letters === '');
  const [first, second] = factors.filter(({ letters }) => letters !== '') as (Term | undefined)[];
  const product =
    second === undefined
      ? sumAndReorder(first ?? scalars[0], result)
      : tf.einsum(`${first!.letters},${second.letters}->${result.join('')}`, first!.tensor, second.tensor);
  return (first === undefined ? scalars.slice(1) : scalars).reduce(
    (scaled, { tensor }) => tf.mul(scaled, tensor),
    product,
  );
}

function sumAndReorder({ letters, tensor }: Term, result: readonly string[]): tf.Tensor {
  const summed = [...letters].flatMap((letter, axis) => (result.includes(letter) ? [] : [axis]));
  const left = [...letters].filter((letter) => result.includes(letter));
  const sum = summed.length > 0 ? tf.sum(tensor, summed) : tensor;
  return left.length > 1
    ? tf.transpose(
        sum,
        result.map((letter) => left.indexOf(letter)),
      )
    : tf.clone(sum);
}
