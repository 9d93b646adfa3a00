import {
  explanations,
  summarise,
  SweepReader,
  textTable,
  type GroupSummary,
  type ReadSweep,
} from '@dist-gan/sweeps';
import type { SweepGroupView, SweepView } from '@dist-gan/viewer';
import { panelsOf } from './panels.js';
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
  return { groups: summary.groups.map(groupView), explanations: explanations(summary) };
}

function groupView(group: GroupSummary): SweepGroupView {
  const { preset, heading, rows, protocols, differences, published } = textTable(group);
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
    curves: panelsOf(group).map(({ name, curves, references }) => ({
      metric: name,
      lines: references,
      rows: curves,
    })),
  };
}
