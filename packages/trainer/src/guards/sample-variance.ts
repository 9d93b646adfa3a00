import { resolveOptions, type SampleBatch } from '@dist-gan/core';
import * as v from 'valibot';
import type { Guard } from './guard.js';
import { policyEntries } from './policy.js';

const schema = v.strictObject({
  /** The least share of the data's variance that generated samples may have, from 0 to 1; default 0.1. */
  below: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.gtValue(0, 'must be above 0'),
      v.ltValue(1, 'must be from 0 to below 1'),
    ),
    0.1,
  ),
  ...policyEntries,
});

const measurement = 'sample-variance-ratio';

/**
 * Speaks when generated samples have become nearly alike:
 *
 *     (sum_k var(G(z)_k)) / (sum_k var(x_k)) < below
 *
 * over evaluated samples `G(z)` and as many of the data `x`, `k` running over the numbers of a sample. Needs no metric.
 */
export function sampleVariance(options?: v.InferInput<typeof schema>): Guard {
  const resolved = resolveOptions(schema, options, 'guards.sample-variance');
  const { below, policy, restores } = resolved;
  return {
    id: 'sample-variance',
    options: resolved,
    policy,
    restores,
    async measure({ samples, real }) {
      return { [measurement]: totalVariance(samples) / totalVariance(await real()) };
    },
    afterEvaluation(evaluations) {
      const ratio = evaluations.at(-1)!.measurements[measurement];
      if (ratio >= below) return undefined;
      return `generated samples have ${percent(ratio)} of the data's variance, less than ${percent(below)}`;
    },
  };
}

/** The sum over the numbers of a sample of their variances, in float64, by Welford's recurrence. */
export function totalVariance({ data, count }: SampleBatch): number {
  const size = data.length / count;
  let total = 0;
  for (let k = 0; k < size; k++) {
    let [mean, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const difference = data[i * size + k] - mean;
      mean += difference / (i + 1);
      squares += difference * (data[i * size + k] - mean);
    }
    total += squares / count;
  }
  return total;
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(3)} %`;
}
