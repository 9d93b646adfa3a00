import * as tf from '@tensorflow/tfjs-core';
import { ShapeError, type Phase, type PhaseContext, type PhaseLoss } from '@dist-gan/core';
import type { UpdateRule } from '../optimizers/weight-update.js';
import { mapValues } from '../map-values.js';
import type { WeightSlots } from './training-state.js';

/**
 * Runs one phase once: loss, gradients of the weights that the phase updates, the optimiser's update of each.
 *
 * A weight that the loss does not depend on keeps its value and its slots, as in TensorFlow.
 *
 * @param gradientNormLimit where the norm of all gradients is larger, they are scaled down to it
 * @param measured whether the norm is wanted
 * @returns the loss as `total`, and its terms; call inside a tidy that returns them
 */
export function runPhase({
  phase,
  context,
  rule,
  rate,
  weights,
  gradientNormLimit,
  measured = false,
}: {
  phase: Phase;
  context: PhaseContext;
  rule: UpdateRule;
  rate: tf.Scalar;
  weights: readonly WeightSlots[];
  gradientNormLimit?: number;
  measured?: boolean;
}): { readonly losses: Record<string, tf.Scalar>; readonly gradientNorm?: tf.Scalar } {
  // variableGrads frees whatever its function makes, except the value: terms leave it as kept clones.
  const kept: Record<string, tf.Scalar> = {};
  try {
    const { value, grads } = tf.variableGrads(
      () => {
        const loss = phase.loss(context);
        assertScalars(phase.name, loss);
        for (const [name, term] of Object.entries(loss.terms)) kept[name] = tf.keep(tf.clone(term));
        return loss.total;
      },
      weights.map(({ weight }) => weight),
    );
    const limited = gradientNormLimit !== undefined;
    const norm = limited || measured ? globalNorm(Object.values(grads)) : undefined;
    // limit / max(norm, limit): 1 for what is short enough, and a norm of 0 is no division by 0.
    const scale = limited ? tf.div(gradientNormLimit, tf.maximum(norm!, gradientNormLimit)) : undefined;
    for (const { weight, slots } of weights) {
      const whole = grads[weight.name];
      if (whole === undefined) continue;
      const gradient = scale === undefined ? whole : tf.mul(whole, scale);
      tf.tidy(() => rule.update({ weight, gradient, slots, rate }));
      tf.dispose([whole, gradient]);
    }
    phase.after?.(context, kept);
    return {
      losses: { ...mapValues(kept, (term) => tf.clone(term)), total: value },
      ...(measured && { gradientNorm: norm! }),
    };
  } finally {
    tf.dispose(kept);
  }
}

/** The root of the sum of all squares. */
function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() =>
    tf.sqrt(
      gradients
        .map((gradient) => tf.sum<tf.Scalar>(tf.square(gradient)))
        .reduce((sum, squares) => tf.add(sum, squares), tf.scalar(0)),
    ),
  );
}

function assertScalars(phase: string, { total, terms }: PhaseLoss): void {
  for (const [name, value] of Object.entries({ total, ...terms })) {
    if ((value as tf.Tensor).rank === 0) continue;
    throw new ShapeError(
      `phase ${phase}: ${name} must be a scalar, got a tensor of shape [${value.shape.join(', ')}]; take its mean`,
      `${phase}/${name}`,
      value.shape,
      'a scalar',
    );
  }
}
