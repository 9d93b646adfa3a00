import type { RunView } from '../../src/view/index.js';
import { metricColumns } from '../metric-columns.js';
import { linesOf, positionsOf } from './charts-of-run.js';
import type { ChartContent } from './curve.js';
import { stepColumn } from './step-column.js';

/** A run among others, with its place in the palette. */
export interface ColoredRun {
  readonly run: RunView;
  readonly color: number;
}

/** The metrics of several runs over one another, where they were measured in one way; then the totals of their phases. */
export function chartsOfRuns(runs: readonly ColoredRun[]): ChartContent[] {
  const losses = new Set(runs.flatMap(({ run }) => totals(Object.keys(run.losses.columns))));
  return [
    ...metricColumns(runs.map(({ run }) => run)).map(({ metric, title, runs: names }): ChartContent => {
      const having = runs.filter(({ run }) => names.has(run.name));
      return {
        id: `metric ${title}`,
        title,
        dense: false,
        lines: sharedLines(having, metric),
        curves: having.map(({ run, color }) => ({
          label: run.name,
          color,
          at: positionsOf(run.evaluations),
          values: run.evaluations.map(({ metrics }) => metrics[metric] ?? NaN),
        })),
      };
    }),
    ...[...losses].map((name): ChartContent => ({
      id: `loss ${name}`,
      title: `${name} loss`,
      dense: true,
      lines: [],
      curves: runs
        .filter(({ run }) => name in run.losses.columns)
        .map(({ run, color }) => ({
          label: run.name,
          color,
          at: run.losses,
          values: stepColumn(run.losses, name),
        })),
    })),
  ];
}

/** The totals of phases, and the only terms of those that have one. */
function totals(names: readonly string[]): string[] {
  const phases = new Set(names.map((name) => name.split('/')[0]));
  return [...phases].map((phase) => {
    const ofPhase = names.filter((name) => name.startsWith(`${phase}/`));
    return ofPhase.find((name) => name === `${phase}/total`) ?? ofPhase[0];
  });
}

/** Those that hold for all of the runs. */
function sharedLines(runs: readonly ColoredRun[], id: string) {
  const [first, ...others] = runs.map(({ run }) => linesOf(run, id));
  return first.filter(({ label, value }) =>
    others.every((lines) => lines.some((line) => line.label === label && line.value === value)),
  );
}
