import { OptionError, positive, positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import type { Guard } from './guard.js';
import { policyEntries } from './policy.js';

const schema = v.strictObject({
  /** From 0.5 to 1; default 0.99. */
  above: v.optional(v.pipe(positive, v.maxValue(1, 'must be 1 at most')), 0.99),
  /** How many evaluations in a row; default 3. */
  evaluations: v.optional(positiveInteger, 3),
  ...policyEntries,
});

const measurement = 'discriminator-advantage';

/**
 * Speaks when the discriminator tells nearly all samples apart, so that the generator learns little from it: when the
 * probability that it gives a real sample a higher logit than a generated one (the area under its ROC curve; 0.5 is chance)
 * was above a limit in several evaluations in a row. It does not depend on the scale of the logits, nor on the loss.
 */
export function discriminatorSaturation(options?: v.InferInput<typeof schema>): Guard {
  const resolved = resolveOptions(schema, options, 'guards.discriminator-saturation');
  const { above, evaluations: inARow, policy, restores } = resolved;
  return {
    id: 'discriminator-saturation',
    options: resolved,
    policy,
    restores,
    async measure({ samples, real, discriminate }) {
      if (discriminate === undefined) {
        throw new OptionError(
          'guards.discriminator-saturation: the method has no discriminator that judges samples one by one; leave the guard out',
          'guards.discriminator-saturation',
          undefined,
        );
      }
      return {
        [measurement]: areaUnderCurve(await discriminate(await real()), await discriminate(samples)),
      };
    },
    afterEvaluation(entries) {
      const last = entries.slice(-inARow);
      if (last.length < inARow || last.some(({ measurements }) => !(measurements[measurement] > above))) {
        return undefined;
      }
      const share = (100 * last.at(-1)!.measurements[measurement]).toPrecision(4);
      return `the discriminator ranks real above generated in ${share} % of pairs, for ${inARow} evaluations`;
    },
  };
}

/** The share of pairs in which the positive number is greater; equal ones count half. By ranks, in O(n log n). */
export function areaUnderCurve(positives: Float32Array, negatives: Float32Array): number {
  const sorted = Float32Array.from(negatives).sort();
  let pairs = 0;
  for (const value of positives) {
    const below = countBelow(sorted, (other) => other < value);
    const notAbove = countBelow(sorted, (other) => other <= value);
    pairs += (below + notAbove) / 2;
  }
  return pairs / (positives.length * negatives.length);
}

/** How many numbers at the start of a sorted array fulfil a condition. */
function countBelow(sorted: Float32Array, isBelow: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(sorted[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
