import { areComparable } from '@dist-gan/core';
import type { StoredNumber } from '../store/stored-evaluation.js';
import type { Column, GroupSummary } from './summary.js';

/** Which numbers belong together: those of a metric, and of a column those that were measured as its own are. */
export type CurveOf = Pick<Column, 'metric'> & Partial<Pick<Column, 'protocol'>>;

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
export function idealOf({ rows }: GroupSummary, what: CurveOf): number | undefined {
  const numbers = rows.flatMap(({ runs }) =>
    runs.flatMap(({ evaluations }) => evaluations.flatMap((evaluation) => evaluation.numbers)),
  );
  const ideals = new Set(numbers.filter((number) => isOf(what, number)).map(({ ideal }) => ideal));
  return ideals.size === 1 ? [...ideals][0] : undefined;
}

/** Metrics that some run has infinite values of, for which a curve has no place. */
export function infiniteMetrics({ rows }: GroupSummary): string[] {
  const numbers = rows.flatMap(({ runs }) =>
    runs.flatMap(({ evaluations }) => evaluations.flatMap((evaluation) => evaluation.numbers)),
  );
  return [...new Set(numbers.flatMap(({ metric, value }) => (Number.isFinite(value) ? [] : [metric])))];
}

/** What a column looked like over the steps: finite numbers alone, of all runs that have any. */
export function curvesOf({ rows }: GroupSummary, what: CurveOf): Curve[] {
  return rows.map(({ setting, runs }) => {
    const byStep = new Map<number, number[]>();
    for (const { evaluations } of runs) {
      for (const { step, numbers } of evaluations) {
        const value = numbers.find((number) => isOf(what, number))?.value;
        if (value === undefined || !Number.isFinite(value)) continue;
        byStep.set(step, [...(byStep.get(step) ?? []), value]);
      }
    }
    const points = [...byStep]
      .sort(([a], [b]) => a - b)
      .map(([step, values]) => ({
        step,
        mean: values.reduce((sum, value) => sum + value, 0) / values.length,
        least: Math.min(...values),
        greatest: Math.max(...values),
        runs: values.length,
      }));
    return { label: setting.label, points };
  });
}

function isOf({ metric, protocol }: CurveOf, number: StoredNumber): boolean {
  return number.metric === metric && (protocol === undefined || areComparable(protocol, number.protocol));
}
