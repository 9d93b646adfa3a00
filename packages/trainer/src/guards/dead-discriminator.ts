import { resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import type { Guard } from './guard.js';
import { policyEntries } from './policy.js';

const schema = v.strictObject({ ...policyEntries });

const measurement = 'discriminator-spread';
/** What rounding alone makes of equal logits, as a share of the largest. */
const rounding = 1e-6;

/**
 * Speaks when the discriminator gives real and generated samples all the same score, as one does none of whose last rectifiers
 * is active for any sample: it has no gradient then, learns nothing, and the generator learns nothing from it. What is measured
 * is the difference between its largest and smallest logit, over the largest absolute one (or 1, when all are 0). Where a method
 * has no discriminator that judges samples one by one, nothing is measured and nothing said.
 */
export function deadDiscriminator(options?: v.InferInput<typeof schema>): Guard {
  const resolved = resolveOptions(schema, options, 'guards.dead-discriminator');
  const { policy, restores } = resolved;
  return {
    id: 'dead-discriminator',
    options: resolved,
    policy,
    restores,
    async measure({ samples, real, discriminate }): Promise<Record<string, number>> {
      if (discriminate === undefined) return {};
      return { [measurement]: relativeSpread(await discriminate(await real()), await discriminate(samples)) };
    },
    afterEvaluation(evaluations) {
      if (!(evaluations.at(-1)!.measurements[measurement] <= rounding)) return undefined;
      return (
        'the discriminator gives all samples, real and generated, the same score, so that nothing is learned from it; ' +
        'a lower learning rate or leaky rectifiers may keep it alive'
      );
    },
  };
}

function relativeSpread(...logits: readonly Float32Array[]): number {
  let [least, greatest] = [Infinity, -Infinity];
  for (const values of logits) {
    for (const value of values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  const largest = Math.max(Math.abs(least), Math.abs(greatest));
  return (greatest - least) / (largest || 1);
}
