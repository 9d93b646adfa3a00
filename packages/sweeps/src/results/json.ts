import { toJson } from '@dist-gan/core';
import { bootstrapSeed, confidence, resamples } from '../statistics/bootstrap.js';
import type { StoredNumber } from '../store/stored-evaluation.js';
import { significance, type SweepSummary } from './summary.js';

/** All of a summary, for programs: numbers in full, and by what they were computed. The CSV file has the protocol of every one. */
export function toSummaryJson({ groups, ...rest }: SweepSummary): string {
  const content = {
    ...rest,
    statistics: {
      interval: { of: 'mean', method: 'percentile bootstrap', resamples, confidence, seed: bootstrapSeed },
      test: {
        of: 'mean paired difference',
        method: 'sign-flip permutation',
        sided: 2,
        adjustment: 'Holm, rows of a column',
        significance,
      },
    },
    groups: groups.map(({ rows, columns, ...group }) => ({
      ...group,
      rows: rows.map(({ setting, counts, runs }) => ({
        ...setting,
        counts,
        runs: runs.map(({ run: { name, spec }, outcome, evaluations }) => ({
          run: name,
          seed: spec.seed,
          ...outcome,
          evaluations: evaluations.map(({ step, seconds, numbers }) => ({
            step,
            seconds,
            ...byMetric(numbers),
          })),
        })),
      })),
      columns: columns.map(({ cells, ...column }) => ({
        ...column,
        cells: cells.map(({ values, ...cell }) => ({ values: Object.fromEntries(values), ...cell })),
      })),
    })),
  };
  return `${toJson(content, 2)}\n`;
}

/** What an evaluation measured twice, by two protocols, is told apart by number. */
function byMetric(numbers: readonly StoredNumber[]): Record<string, number> {
  const named: Record<string, number> = {};
  for (const { metric, value } of numbers) {
    let name = metric;
    for (let count = 2; Object.hasOwn(named, name); count++) name = `${metric} [${count}]`;
    named[name] = value;
  }
  return named;
}
