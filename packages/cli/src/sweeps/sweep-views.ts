import {
  columnName,
  curvesOf,
  explanations,
  idealOf,
  summarise,
  SweepReader,
  textTable,
  type CurveOf,
  type GroupSummary,
  type ReadSweep,
} from '@dist-gan/sweeps';
import { referenceLines, type SweepGroupView, type SweepView } from '@dist-gan/viewer';
import { publishedOf } from './published.js';
import { readWorkers } from './workers-file.js';

/** Where tables take long, because there are many runs, they are made so seldom that this share of the time is theirs. */
const share = 0.1;

/**
 * What `dist-gan watch` shows of a sweep while it goes on, by the code that writes its results.
 *
 * @param folder that may be one of a sweep
 * @returns what tells of it whenever it is asked; undefined while no sweep has begun there
 */
export function sweepViews(folder: string): () => SweepView | undefined {
  const reader = new SweepReader(folder);
  let from: ReadSweep | undefined;
  let tables: Omit<SweepView, 'workers'> | undefined;
  let next = 0;
  return () => {
    const begun = performance.now();
    if (begun >= next) {
      const read = reader.read();
      if (read !== from) tables = read && tablesOf(read);
      from = read;
      const now = performance.now();
      next = now + (now - begun) / share;
    }
    return tables && { ...tables, workers: readWorkers(folder) };
  };
}

function tablesOf({ plan, found }: ReadSweep): Omit<SweepView, 'workers'> {
  const summary = summarise(plan, found, publishedOf);
  const { metrics } = plan.definition;
  return {
    groups: summary.groups.map((group) => groupView(group, metrics)),
    explanations: explanations(summary),
  };
}

function groupView(group: GroupSummary, wanted: readonly string[] | undefined): SweepGroupView {
  const { preset, heading, rows, protocols, differences, published } = textTable(group);
  const metrics = wanted ?? evaluatedMetrics(group);
  // What no run that has an end has measured yet has no column.
  const panels = metrics.flatMap((metric): { readonly name: string; readonly of: CurveOf }[] => {
    const ofMetric = group.columns.flatMap((column, at) =>
      column.metric === metric ? [{ name: columnName(column, at), of: column }] : [],
    );
    return ofMetric.length > 0 ? ofMetric : [{ name: metric, of: { metric } }];
  });
  return {
    preset,
    rows: group.rows.map(({ setting, runs }) => ({
      label: setting.label,
      runs: runs.map(({ run, outcome: { state, reason } }) => ({
        name: run.name,
        seed: run.spec.seed,
        state,
        ...(reason !== undefined && { reason }),
      })),
    })),
    table: { heading, rows },
    protocols,
    ...(differences !== undefined && { differences }),
    published,
    curves: panels
      .map(({ name, of }) => ({
        metric: name,
        lines: referenceLines(of.metric, idealOf(group, of), group.published),
        rows: curvesOf(group, of),
      }))
      .filter((curves) => curves.rows.some(({ points }) => points.length > 0)),
  };
}

/** Also of runs that have no end yet. */
function evaluatedMetrics({ rows }: GroupSummary): string[] {
  const evaluations = rows.flatMap(({ runs }) => runs.flatMap((run) => run.evaluations));
  return [...new Set(evaluations.flatMap(({ numbers }) => numbers.map(({ metric }) => metric)))];
}
