import { positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { bestEntry, betterDirection, guardedMetricEntries } from '../history/best.js';
import type { Guard } from './guard.js';
import { unknownDirection } from './metric-fall.js';

const schema = v.strictObject({
  ...guardedMetricEntries,
  /** In evaluations. */
  patience: positiveInteger,
});

/** Ends a run when its metric has had no better value in `patience` evaluations after its best one. */
export function earlyStop(options: v.InferInput<typeof schema>): Guard {
  const resolved = resolveOptions(schema, options, 'guards.early-stop');
  const { metric, patience } = resolved;
  const better = resolved.better ?? betterDirection(metric) ?? unknownDirection('early-stop', metric);
  return {
    id: 'early-stop',
    options: resolved,
    policy: 'stop',
    afterEvaluation(evaluations) {
      const best = bestEntry(evaluations, { metric, better });
      if (best === undefined || evaluations.length - 1 - evaluations.indexOf(best) < patience)
        return undefined;
      return `${metric} has not been better than ${best.metrics[metric]}, at step ${best.step}, for ${patience} evaluations`;
    },
  };
}
