import { areComparable, type JsonObject, type PublishedNumber } from '@dist-gan/core';
import type { Setting } from '../definition/expand.js';
import type { FoundRuns } from '../execution/run-sweep.js';
import type { PlannedRun, SweepPlan } from '../plan/plan.js';
import { bootstrapMean, type Interval } from '../statistics/bootstrap.js';
import { comparePairs, type Difference } from '../statistics/compare-samples.js';
import { describe, type Description } from '../statistics/describe.js';
import { holm } from '../statistics/holm.js';
import type { StoredNumber } from '../store/stored-evaluation.js';
import type { StoredRun } from '../store/sweep-store.js';
import { hasResult, judge, type Outcome } from './outcome.js';

/** Adjusted probabilities below are called differences. */
export const significance = 0.05;

/** All that tables and figures of a sweep are made from. */
export interface SweepSummary {
  readonly seeds: readonly number[];
  /** One for each preset of the definition. */
  readonly groups: readonly GroupSummary[];
  /** Machines and engines that the runs ran on. */
  readonly places: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** Rows that were trained for the same task. */
export interface GroupSummary {
  readonly preset: string;
  readonly rows: readonly RowSummary[];
  readonly columns: readonly Column[];
  /** The row that others are compared with; undefined where there is but one. */
  readonly reference?: string;
  readonly published: readonly PublishedNumber[];
}

/** Numbers that can be compared: of one metric, measured by one protocol. */
export interface Column {
  readonly metric: string;
  readonly protocol: JsonObject;
  /** Whether other columns hold the metric, measured otherwise. */
  readonly isOneOfSeveral: boolean;
  /** Of each row, in their order. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly values: ReadonlyMap<number, number>;
  readonly description?: Description;
  /** Of the mean. */
  readonly interval?: Interval;
  /** The value nearest to that of the data's own samples, where that is known. */
  readonly best?: number;
  /** From the reference. */
  readonly difference?: Difference & {
    /** By Holm, over the rows of the column. */
    readonly adjustedP: number;
    readonly isLargerThanNoise: boolean;
  };
}

export interface RowSummary {
  readonly setting: Setting;
  /** Runs by what became of them; what was never begun is unfinished. */
  readonly counts: Readonly<Record<Outcome['state'], number>>;
  readonly runs: readonly RunSummary[];
}

interface RunSummary {
  readonly run: PlannedRun;
  readonly outcome: Outcome;
  readonly evaluations: StoredRun['evaluations'];
}

/** @param publishedOf the numbers of the literature that belong to a preset */
export function summarise(
  { definition, settings, seeds, runs }: SweepPlan,
  found: FoundRuns,
  publishedOf: (preset: string) => readonly PublishedNumber[],
): SweepSummary {
  const judged = runs.map((run): RunSummary => {
    const stored = found.get(run);
    if (stored === undefined)
      return { run, outcome: { state: 'unfinished', step: 0, seconds: 0 }, evaluations: [] };
    const { outcome, evaluations } = stored;
    return { run, outcome: judge(outcome, evaluations, definition.collapsedBelow), evaluations };
  });
  const groups = definition.presets.map((preset): GroupSummary => {
    const rows = settings
      .filter((setting) => setting.preset === preset)
      .map((setting) =>
        rowOf(
          setting,
          judged.filter(({ run }) => run.setting === setting),
        ),
      );
    const wanted = rows.findIndex(({ setting }) => setting.label === definition.reference);
    const reference = Math.max(0, wanted);
    const columns = columnsOf(rows, definition.metrics, reference);
    const shown = new Set(columns.map(({ metric }) => metric));
    return {
      preset,
      rows,
      columns,
      ...(rows.length > 1 && { reference: rows[reference].setting.label }),
      published: publishedOf(preset).filter(({ metric }) => shown.has(metric)),
    };
  });
  const places = new Set(judged.flatMap(({ outcome }) => outcome.ranOn ?? []));
  return { seeds, groups, places: [...places], versions: runs[0]?.spec.versions ?? {} };
}

function rowOf(setting: Setting, runs: readonly RunSummary[]): RowSummary {
  const counts = { done: 0, collapsed: 0, failed: 0, unfinished: 0 };
  for (const { outcome } of runs) counts[outcome.state]++;
  return { setting, counts, runs };
}

/** The last numbers of the runs that have an end; of one that an error ended, none: it has no last number. */
function lastNumbers({ outcome, evaluations }: RunSummary): readonly StoredNumber[] {
  return hasResult(outcome) ? (evaluations.at(-1)?.numbers ?? []) : [];
}

interface Kind {
  readonly metric: string;
  readonly protocol: JsonObject;
  readonly numbers: { row: number; run: RunSummary; number: StoredNumber }[];
}

function columnsOf(
  rows: readonly RowSummary[],
  wanted: readonly string[] | undefined,
  reference: number,
): Column[] {
  const kinds: Kind[] = [];
  rows.forEach((row, at) => {
    for (const run of row.runs) {
      for (const number of lastNumbers(run)) {
        const { metric, protocol, value } = number;
        if (Number.isNaN(value) || (wanted !== undefined && !wanted.includes(metric))) continue;
        // A run that measures it twice has two numbers in two columns.
        let kind = kinds.find(
          (one) =>
            one.metric === metric && one.numbers.at(-1)?.run !== run && areComparable(one.protocol, protocol),
        );
        if (kind === undefined) kinds.push((kind = { metric, protocol, numbers: [] }));
        kind.numbers.push({ row: at, run, number });
      }
    }
  });
  const order = wanted ?? [...new Set(kinds.map(({ metric }) => metric))];
  return order.flatMap((metric) => {
    const same = kinds.filter((kind) => kind.metric === metric);
    return same.map(({ protocol, numbers }) => ({
      metric,
      protocol,
      isOneOfSeveral: same.length > 1,
      cells: compareCells(
        rows.map((_, at) => cellOf(numbers.filter(({ row }) => row === at))),
        reference,
      ),
    }));
  });
}

function cellOf(numbers: Kind['numbers']): Cell {
  const values = numbers.map(({ number }) => number.value);
  const description = describe(values);
  const interval = bootstrapMean(values);
  const best = bestOf(numbers.map(({ number }) => number));
  return {
    values: new Map(numbers.map(({ run, number }) => [run.run.spec.seed, number.value])),
    ...(description !== undefined && { description }),
    ...(interval !== undefined && { interval }),
    ...(best !== undefined && { best }),
  };
}

function bestOf(numbers: readonly StoredNumber[]): number | undefined {
  if (numbers.length === 0 || numbers.some(({ ideal }) => ideal === undefined)) return undefined;
  const distance = ({ value, ideal = 0 }: StoredNumber) => Math.abs(value - ideal);
  return numbers.reduce((best, number) => (distance(number) < distance(best) ? number : best)).value;
}

function compareCells(cells: readonly Cell[], reference: number): Cell[] {
  const differences = cells.map((cell, i) =>
    i === reference ? undefined : comparePairs(cell.values, cells[reference].values),
  );
  const tested = differences.filter((difference) => difference !== undefined);
  const adjusted = holm(tested.map(({ test }) => test.p));
  return cells.map((cell, i) => {
    const difference = differences[i];
    if (difference === undefined) return cell;
    const adjustedP = adjusted[tested.indexOf(difference)];
    return { ...cell, difference: { ...difference, adjustedP, isLargerThanNoise: adjustedP < significance } };
  });
}
