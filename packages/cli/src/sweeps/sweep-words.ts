import {
  explanations,
  textTable,
  type CellLines,
  type FoundRuns,
  type SweepDefinition,
  type SweepEstimate,
  type SweepPlan,
  type SweepSummary,
  type TextTable,
} from '@dist-gan/sweeps';
import { count, duration, table } from '../progress/index.js';

/** How much there is to do. */
export function planWords({ settings, seeds, runs }: SweepPlan, found: FoundRuns): string {
  const states = [...found.values()].map((stored) => stored?.outcome.state);
  const failed = states.filter((state) => state === 'failed').length;
  const over = states.filter((state) => state === 'done' || state === 'collapsed').length;
  const begun = states.filter((state) => state === 'unfinished').length;
  const parts = [
    `${count(runs.length)} runs (${settings.length} ${settings.length === 1 ? 'row' : 'rows'} x ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'})`,
    `${over} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(begun > 0 ? [`${begun} begun`] : []),
    `${runs.length - over - failed} to train`,
  ];
  return parts.join(', ');
}

/** How long it takes, and how much it leaves, in lines. */
export function estimateWords(
  { workSeconds, seconds, bytes, probed, unknown }: SweepEstimate,
  jobs: number,
): string {
  const parts =
    probed === 0
      ? []
      : [
          `by five steps of each row: about ${duration(seconds)} with ${jobs} at a time (${duration(workSeconds)} of work), ` +
            `${count(Math.max(1, bytes / 1e6))} MB on disk`,
        ];
  const without =
    unknown.length === 0
      ? []
      : [`how long it takes is not known of ${unknown.map(({ label }) => label).join(', ')}`];
  return [...parts, ...without].map((line) => `${line}\n`).join('');
}

/**
 * The tables of a sweep, where its files are, and what a person may want to do about it.
 *
 * @param where the sweep's folder as it is shown
 * @param left runs that are not over
 */
export function resultWords(
  summary: SweepSummary,
  { where, metrics, left }: { where: string; metrics: SweepDefinition['metrics']; left: number },
): string {
  const tables = summary.groups.map((group) => {
    const shown = textTable(group);
    return `\n${shown.preset}\n\n${stacked(shown)}\n`;
  });
  return [
    ...tables,
    `\n${explanations(summary).join('\n')}\n\ntables  ${where}/results.md, .csv, .tex, .json\n`,
    ...toDo(summary, metrics, left),
  ].join('');
}

/** A row of a table is a block: a metric a line, with its mean and interval, and those of its difference; the files have the rest. */
function stacked({ heading, rows, differences }: TextTable): string {
  const fixed = 4;
  const brief = (cell: CellLines | undefined) => (cell ?? []).slice(0, 2).join(' ');
  const lines = rows.flatMap((row) => {
    const [[label]] = row;
    const difference = differences?.rows.find(([[compared]]) => compared === label);
    const counts = row.slice(0, fixed).map(brief);
    const metrics = heading
      .slice(fixed)
      .map((metric, i) => [
        ...(i === 0 ? counts : new Array<string>(fixed).fill('')),
        metric,
        brief(row[fixed + i]),
        ...(differences === undefined ? [] : [brief(difference?.[1 + i])]),
      ]);
    // A row of which nothing was measured has counts all the same.
    return metrics.length > 0 ? metrics : [[...counts, '', '']];
  });
  return table([
    [
      ...heading.slice(0, fixed),
      'metric',
      'mean ± deviation [interval]',
      ...(differences === undefined ? [] : [differences.heading[0]]),
    ],
    ...lines,
  ]);
}

/** A line each. */
function toDo({ groups }: SweepSummary, metrics: SweepDefinition['metrics'] = [], left: number): string[] {
  const rows = groups.flatMap((group) => group.rows);
  const failed = rows.reduce((sum, { counts }) => sum + counts.failed, 0);
  const numbers = rows.flatMap(({ runs }) =>
    runs.flatMap(({ evaluations }) => evaluations.at(-1)?.numbers ?? []),
  );
  const measured = [...new Set(numbers.map(({ metric }) => metric))];
  const unmeasured = metrics.filter((metric) => !measured.includes(metric));
  return [
    ...(left > 0
      ? [`${left} ${left === 1 ? 'run is' : 'runs are'} not over; the same command goes on\n`]
      : []),
    ...(failed > 0
      ? [
          `${failed} ${failed === 1 ? 'run has' : 'runs have'} failed, for reasons that results.md has; --retry tries them again\n`,
        ]
      : []),
    ...(unmeasured.length > 0 && measured.length > 0
      ? [`no run has measured ${unmeasured.join(', ')}; measured are ${measured.join(', ')}\n`]
      : []),
  ];
}
