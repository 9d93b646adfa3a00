import * as tf from '@tensorflow/tfjs-core';
import { ShapeError, type Phase, type PhaseContext, type PhaseLoss } from '@dist-gan/core';
import type { UpdateRule } from '../optimizers/update-rule.js';
import { mapValues } from '../map-values.js';
import type { WeightSlots } from './training-state.js';

/**
 * Runs one phase once: loss, gradients of the weights that the phase updates, the optimiser's update of each.
 *
 * A weight that the loss does not depend on keeps its value and its slots, as in TensorFlow.
 *
 * @returns the loss as `total`, and its terms; call inside a tidy that returns them
 */
export function runPhase({
  phase,
  context,
  rule,
  rate,
  weights,
}: {
  phase: Phase;
  context: PhaseContext;
  rule: UpdateRule;
  rate: tf.Scalar;
  weights: readonly WeightSlots[];
}): Record<string, tf.Scalar> {
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
    for (const { weight, slots } of weights) {
      const gradient = grads[weight.name];
      if (gradient === undefined) continue;
      tf.tidy(() => rule.update({ weight, gradient, slots, rate }));
      gradient.dispose();
    }
    phase.after?.(context, kept);
    return { ...mapValues(kept, (term) => tf.clone(term)), total: value };
  } finally {
    tf.dispose(kept);
  }
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
