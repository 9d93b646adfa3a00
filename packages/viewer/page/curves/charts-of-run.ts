import { resultsByName } from '@dist-gan/core';
import {
  referenceLines,
  type EvaluationRow,
  type ReferenceLine,
  type RunView,
} from '../../src/view/index.js';
import type { ChartContent, Curve, Positions } from './curve.js';
import { stepColumn } from './step-column.js';

/**
 * One chart for every metric, then one for every phase: its total and what it is made of; then what was measured beside, in steps
 * and at evaluations.
 */
export function chartsOfRun(run: RunView): ChartContent[] {
  return [...metricCharts(run), ...lossCharts(run), ...measurementCharts(run)];
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
        values: stepColumn(losses, name),
      })),
    };
  });
}

/** A chart for what is measured of several things: `gradient-norm/generator`, `spectral-norm/discriminator/0`. */
function measurementCharts({ measurements, evaluations }: RunView): ChartContent[] {
  const inSteps = Object.keys(measurements.columns).map((name) => ({
    name,
    dense: true,
    at: measurements,
    values: stepColumn(measurements, name),
  }));
  const ofEvaluations = [...new Set(evaluations.flatMap((row) => Object.keys(row.measurements ?? {})))].map(
    (name) => ({
      name,
      dense: false,
      at: positionsOf(evaluations),
      values: evaluations.map((row) => row.measurements?.[name] ?? NaN),
    }),
  );
  const groups = new Map<string, ChartContent & { readonly curves: Curve[] }>();
  for (const { name, dense, at, values } of [...inSteps, ...ofEvaluations]) {
    const cut = name.lastIndexOf('/');
    const group = cut < 0 ? name : name.slice(0, cut);
    const id = `measurement ${group}`;
    const title = group.replaceAll('-', ' ').replaceAll('/', ' of ');
    if (!groups.has(id)) groups.set(id, { id, title, dense, lines: [], curves: [] });
    const { curves } = groups.get(id)!;
    curves.push({ label: name.slice(cut + 1), color: curves.length, at, values });
  }
  return [...groups.values()];
}

export function positionsOf(evaluations: readonly EvaluationRow[]): Positions {
  return {
    steps: evaluations.map(({ step }) => step),
    seconds: evaluations.map(({ seconds }) => seconds),
  };
}

/** In the order in which the last evaluation has them; then those that earlier ones alone have. */
function metricIds(evaluations: readonly EvaluationRow[]): string[] {
  return [...new Set([...evaluations].reverse().flatMap(({ metrics }) => Object.keys(metrics)))];
}

export function linesOf({ published, results }: RunView, metric: string): ReferenceLine[] {
  return referenceLines(metric, resultsByName(results).get(metric)?.ideal, published);
}
