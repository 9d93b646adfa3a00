import { resultsByName, toJson } from '@dist-gan/core';
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
            ...byName(numbers),
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

/** As everywhere that results have names. */
function byName(numbers: readonly StoredNumber[]): Record<string, number> {
  const named = resultsByName(numbers.map(({ metric: id, value }) => ({ id, value })));
  return Object.fromEntries([...named].map(([name, { value }]) => [name, value]));
}
