import { OptionError, positive, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { bestEntry, betterDirection, guardedMetricEntries } from '../history/best.js';
import type { Guard } from './guard.js';
import { policyEntries } from './policy.js';

const schema = v.strictObject({
  ...guardedMetricEntries,
  /** What is left of the best value when the guard speaks, from 0 to 1; default a half. */
  share: v.optional(v.pipe(positive, v.ltValue(1, 'must be below 1')), 0.5),
  ...policyEntries,
});

/**
 * Speaks when a metric has become much worse than its best value so far, `b`: where higher is better, when it is below
 * `b - (1 - share) |b|`, which is `share` of a positive `b`; where lower is, above `b + (1 / share - 1) |b|`, a positive `b` divided by
 * `share`. A value that is not a number is worst.
 */
export function metricFall(options: v.InferInput<typeof schema>): Guard {
  const resolved = resolveOptions(schema, options, 'guards.metric-fall');
  const { metric, share, policy, restores } = resolved;
  const better = resolved.better ?? betterDirection(metric) ?? unknownDirection('metric-fall', metric);
  return {
    id: `metric-fall-${metric}`,
    options: resolved,
    policy,
    restores,
    afterEvaluation(evaluations) {
      const value = evaluations.at(-1)!.metrics[metric];
      if (value === undefined) return undefined;
      const best = bestEntry(evaluations, { metric, better });
      if (best === undefined) return undefined;
      const before = best.metrics[metric];
      const margin = (better === 'higher' ? share - 1 : 1 / share - 1) * Math.abs(before);
      const limit = before + margin;
      if (better === 'higher' ? value >= limit : value <= limit) return undefined;
      return `${metric} is ${value}, and was ${before} at step ${best.step}`;
    },
  };
}

export function unknownDirection(guard: string, metric: string): never {
  throw new OptionError(
    `guards.${guard}.better: say whether higher or lower values of ${metric} are better`,
    `guards.${guard}.better`,
    undefined,
  );
}
