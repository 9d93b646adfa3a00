import { areComparable, meanOf } from '@dist-gan/core';
import type { StoredNumber } from '../store/stored-evaluation.js';
import { hasResult } from './outcome.js';
import type { Column, GroupSummary, RowSummary } from './summary.js';

/** Which numbers belong together: those of a metric that were measured as a column's are. */
export type CurveOf = Pick<Column, 'metric' | 'protocol'>;

/** One metric of one row over its steps, with the spread over seeds. */
export interface Curve {
  readonly label: string;
  readonly points: readonly {
    readonly step: number;
    readonly mean: number;
    readonly least: number;
    readonly greatest: number;
    /** How many runs were evaluated at the step. */
    readonly runs: number;
  }[];
}

/** What samples of the data itself have, where every number of a metric knows that and they agree. */
export function idealOf(group: GroupSummary, what: CurveOf): number | undefined {
  const ideals = new Set(numbersOf(group).flatMap((number) => (isOf(what, number) ? [number.ideal] : [])));
  return ideals.size === 1 ? [...ideals][0] : undefined;
}

/** Metrics that some run of a curve has infinite values of, for which a curve has no place. */
export function infiniteMetrics(group: GroupSummary): string[] {
  const infinite = numbersOf(group).filter(({ value }) => !Number.isFinite(value));
  return [...new Set(infinite.map(({ metric }) => metric))];
}

/**
 * What a column looked like over the steps: at each one, the finite numbers of the runs that were evaluated there and whose last number is
 * in the table. What failed or has no end is in neither, so that a curve ends with the mean of its row where all runs are equally long.
 */
export function curvesOf({ rows, columns }: GroupSummary, what: CurveOf): Curve[] {
  // A metric that a run measures twice in one way has two columns, in the order of its numbers.
  const alike = columns.filter((column) => isOf(what, column));
  const place = Math.max(
    0,
    alike.findIndex((column) => column === what),
  );
  return rows.map((row) => {
    const byStep = new Map<number, number[]>();
    for (const { evaluations } of runsWithResult(row)) {
      for (const { step, numbers } of evaluations) {
        const value = numbers.filter((number) => isOf(what, number))[place]?.value;
        if (value === undefined || !Number.isFinite(value)) continue;
        byStep.set(step, [...(byStep.get(step) ?? []), value]);
      }
    }
    const points = [...byStep]
      .sort(([a], [b]) => a - b)
      .map(([step, values]) => ({
        step,
        mean: meanOf(values),
        least: Math.min(...values),
        greatest: Math.max(...values),
        runs: values.length,
      }));
    return { label: row.setting.label, points };
  });
}

function numbersOf({ rows }: GroupSummary): StoredNumber[] {
  return rows.flatMap((row) =>
    runsWithResult(row).flatMap(({ evaluations }) => evaluations.flatMap(({ numbers }) => numbers)),
  );
}

function runsWithResult({ runs }: RowSummary): RowSummary['runs'] {
  return runs.filter(({ outcome }) => hasResult(outcome));
}

function isOf({ metric, protocol }: CurveOf, number: CurveOf): boolean {
  return number.metric === metric && areComparable(protocol, number.protocol);
}
