import type { EvaluationRow, RunView } from '../../src/view/index.js';
import { number } from '../number-text.js';
import type { ChartContent, Curve, Positions, ReferenceLine } from './curve.js';
import { lossColumn } from './loss-columns.js';

/** One chart for every metric, then one for every phase: its total and what it is made of. */
export function chartsOfRun(run: RunView): ChartContent[] {
  return [...metricCharts(run), ...lossCharts(run)];
}

function metricCharts(run: RunView): ChartContent[] {
  const { evaluations } = run;
  const at: Positions = positionsOf(evaluations);
  const averaged = evaluations.some(({ rawMetrics }) => rawMetrics !== undefined);
  return metricIds(evaluations).map((id) => {
    const column = (of: (row: EvaluationRow) => Readonly<Record<string, number>> | undefined) =>
      evaluations.map((row) => of(row)?.[id] ?? NaN);
    const raw: Curve = { label: 'raw', color: 0, muted: true, at, values: column((row) => row.rawMetrics) };
    const own = column(({ metrics }) => metrics);
    return {
      id: `metric ${id}`,
      title: id,
      dense: false,
      lines: linesOf(run, id),
      curves: [...(averaged ? [raw] : []), { label: averaged ? 'average' : id, color: 0, at, values: own }],
    };
  });
}

function lossCharts({ losses }: RunView): ChartContent[] {
  const names = Object.keys(losses.columns);
  const phases = [...new Set(names.map((name) => name.split('/')[0]))];
  return phases.map((phase) => {
    const total = `${phase}/total`;
    const terms = names.filter((name) => name.startsWith(`${phase}/`) && name !== total);
    // A total of one term says the same twice.
    const shown = terms.length === 1 || !names.includes(total) ? terms : [total, ...terms];
    return {
      id: `loss ${phase}`,
      title: `${phase} loss`,
      dense: true,
      lines: [],
      curves: shown.map((name) => ({
        label: name.slice(phase.length + 1),
        color: Math.max(0, terms.indexOf(name)),
        muted: name === total,
        at: losses,
        values: lossColumn(losses, name),
      })),
    };
  });
}

export function positionsOf(evaluations: readonly EvaluationRow[]): Positions {
  return {
    steps: evaluations.map(({ step }) => step),
    seconds: evaluations.map(({ seconds }) => seconds),
  };
}

/** In the order in which a run has them. */
export function metricIds(evaluations: readonly EvaluationRow[]): string[] {
  return [...new Set(evaluations.flatMap(({ metrics }) => Object.keys(metrics)))];
}

/** Published values, and what samples of the data itself would have. */
export function linesOf({ published, results }: RunView, metric: string): ReferenceLine[] {
  const ideal = results.find(({ id }) => id === metric)?.ideal;
  const values = published.flatMap(({ metric: id, value, source }) =>
    id === metric && value !== undefined && value !== ideal
      ? [{ value, label: `${source}: ${number(value)}` }]
      : [],
  );
  return [...(ideal === undefined ? [] : [{ value: ideal, label: 'of the data itself' }]), ...values];
}
