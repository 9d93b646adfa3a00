import { choice, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import type { Guard } from './guard.js';
import { policyEntries } from './policy.js';

const schema = v.strictObject({
  /** Default `stop`: the run fails with a `NonFiniteError`. */
  policy: v.optional(choice(['stop', 'restore']), 'stop'),
  restores: policyEntries.restores,
});

/**
 * Speaks when a loss, a term or a weight is NaN or infinite, in the step that made it so. A gradient that is not finite makes
 * a weight so in the same step. Weights are watched by their sums, which the step itself computes.
 *
 * Every run has it; list one to give it another policy.
 */
export function nonFinite(options?: v.InferInput<typeof schema>): Guard {
  const resolved = resolveOptions(schema, options, 'guards.non-finite');
  return {
    id: 'non-finite',
    options: resolved,
    ...resolved,
    afterStep({ losses, weightSums }) {
      for (const [quantity, value] of Object.entries(losses)) {
        if (Number.isFinite(value)) continue;
        const [phase, term] = quantity.split('/');
        return `${term} of the phase ${phase} is ${value}`;
      }
      for (const [weight, sum] of Object.entries(weightSums)) {
        if (!Number.isFinite(sum)) return `${weight} holds numbers that are not finite`;
      }
      return undefined;
    },
  };
}
