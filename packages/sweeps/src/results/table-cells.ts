import { formatCount, formatNumber, protocolWords } from '@dist-gan/core';
import { confidence, resamples } from '../statistics/bootstrap.js';
import { drawnPatterns } from '../statistics/permutation-test.js';
import { infiniteMetrics } from './curves.js';
import {
  significance,
  type Cell,
  type Column,
  type GroupSummary,
  type RowSummary,
  type SweepSummary,
} from './summary.js';

/** What a cell says, the most important first: `13.5 ± 2.449 *`, `[12, 15]`, `median 13.5`, `best 17`. */
export type CellLines = readonly string[];

/** Texts in rows and columns; what there is not is a dash. */
export interface CellTable {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly CellLines[])[];
}

/** What a preset's table shows. */
export interface TextTable extends CellTable {
  readonly preset: string;
  /** The protocol of each numbered column. */
  readonly protocols: readonly string[];
  /** How far each row is from the one that it is compared with: mean, interval, tests. */
  readonly differences?: CellTable;
  readonly published: readonly { readonly metric: string; readonly text: string; readonly source: string }[];
}

const none = '–';

/** One row for each setting: counts, and for each column mean ± standard deviation, interval, median and best. */
export function textTable(group: GroupSummary): TextTable {
  const { preset, rows, columns, published } = group;
  const names = columns.map((column, i) => columnName(column, i));
  const differences = differencesOf(group, names);
  return {
    preset,
    heading: ['row', 'runs', 'collapsed', 'failed', ...names],
    rows: rows.map(({ setting, counts }, at) => [
      [setting.label],
      [runsText(counts)],
      [String(counts.collapsed)],
      [String(counts.failed)],
      ...columns.map(({ cells }) => cellLines(cells[at], counts.done + counts.collapsed)),
    ]),
    protocols: columns.map((column, i) => `${names[i]}: ${protocolWords(column.protocol)}`),
    ...(differences !== undefined && { differences }),
    published,
  };
}

/** How many runs have an end, and how many are still to have one. */
export function runsText({ done, collapsed, unfinished }: RowSummary['counts']): string {
  return `${done + collapsed}${unfinished > 0 ? ` (${unfinished} to go)` : ''}`;
}

/** Columns of one metric that were measured otherwise are told apart by number. @param at its place among all columns */
export function columnName({ metric, isOneOfSeveral }: Column, at: number): string {
  return isOneOfSeveral ? `${metric} [${at + 1}]` : metric;
}

/** @param runs of the row that have an end; not all of them need have a number, or one by this protocol */
function cellLines({ description, interval, best, difference }: Cell, runs: number): CellLines {
  if (description === undefined) return [none];
  const { count, mean, standardDeviation, median } = description;
  const spread = standardDeviation === undefined ? '' : ` ± ${formatNumber(standardDeviation)}`;
  return [
    `${formatNumber(mean)}${spread}${starOf(difference)}${count === runs ? '' : ` of ${counted(count, 'run')}`}`,
    ...(interval === undefined ? [] : [within(interval)]),
    `median ${formatNumber(median)}`,
    ...(best === undefined ? [] : [`best ${formatNumber(best)}`]),
  ];
}

function differencesOf(
  { rows, columns, reference }: GroupSummary,
  names: readonly string[],
): CellTable | undefined {
  const compared = rows.flatMap(({ setting }, at) => {
    const cells = columns.map((column) => column.cells[at].difference);
    return cells.every((difference) => difference === undefined)
      ? []
      : [[[setting.label], ...cells.map(differenceLines)]];
  });
  return compared.length === 0 ? undefined : { heading: [`less ${reference}`, ...names], rows: compared };
}

function differenceLines(difference: Cell['difference']): CellLines {
  if (difference === undefined) return [none];
  const { mean, interval, pairs, test, adjustedP } = difference;
  return [
    `${formatNumber(mean)}${starOf(difference)}`,
    ...(interval === undefined ? [] : [within(interval)]),
    `p ${formatNumber(test.p)}, adjusted ${formatNumber(adjustedP)}`,
    counted(pairs, 'pair'),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function starOf(difference: Cell['difference']): string {
  return difference?.isLargerThanNoise === true ? ' *' : '';
}

function within({ low, high }: { readonly low: number; readonly high: number }): string {
  return `[${formatNumber(low)}, ${formatNumber(high)}]`;
}

/**
 * What numbers of all tables mean: once, under them.
 *
 * @param shown what a table has: `all`, or the means with their deviations and intervals alone
 */
export function explanations(
  { seeds, groups, places, versions }: SweepSummary,
  shown: 'all' | 'means' = 'all',
): string[] {
  const references = namesOf(groups.filter(({ reference }) => reference !== undefined));
  const without = namesOf(groups.filter(isReferenceWithoutNumbers));
  const least = leastAdjustedP(groups);
  const infinite = [...new Set(groups.flatMap(infiniteMetrics))];
  return [
    `${seeds.length === 1 ? 'Seed' : 'Seeds'} ${seedsText(seeds)}. ${stepsWords(groups)}Mean ± standard deviation (n - 1) of the last evaluations` +
      `; in brackets the ${100 * confidence} % interval of the mean ` +
      `(percentile bootstrap, ${resamples.toLocaleString('en-US')} resamples, seeded; too narrow for few seeds)` +
      (shown === 'all' ? '; best is nearest to what samples of the data itself have. ' : '. ') +
      'Collapsed runs are in the numbers, failed ones have none.' +
      (shown === 'all'
        ? ' Curves are of the same runs, at each step of those that were evaluated there.'
        : ''),
    ...(references !== ''
      ? [
          `An asterisk marks what differs from ${references}: sign-flip permutation test of the mean difference, paired over seeds, two-sided, exact up to 16 pairs ` +
            `(else ${drawnPatterns.toLocaleString('en-US')} patterns); Holm's adjustment over the rows of a column, none over columns; below ${significance}.`,
        ]
      : []),
    ...(without !== ''
      ? [`Nothing is compared with ${without}: no run of that row has an end and a number.`]
      : []),
    ...(least !== undefined && least >= significance
      ? [
          `With so few seeds the least adjusted p is ${formatNumber(least)}: no difference could have been found, whatever its size.`,
        ]
      : []),
    ...(shown === 'all' && infinite.length > 0
      ? [
          `Of ${infinite.join(', ')} curves show the finite values alone; there is no difference of means where a last one is infinite.`,
        ]
      : []),
    ...(places.length > 0 ? [`Ran on ${places.join('; and on ')}.`] : []),
    `Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
  ];
}

/** The rows that others are compared with; of each preset, where it is not the same of all. */
function namesOf(groups: readonly GroupSummary[]): string {
  const names = [...new Set(groups.map(({ reference }) => reference))];
  return names.length === 1
    ? names[0]!
    : groups.map(({ preset, reference }) => `${reference} (${preset})`).join(', ');
}

function isReferenceWithoutNumbers({ rows, columns, reference }: GroupSummary): boolean {
  const at = rows.findIndex(({ setting }) => setting.label === reference);
  return at !== -1 && columns.length > 0 && columns.every(({ cells }) => cells[at].values.size === 0);
}

/** How long the runs are that have an end. */
function stepsWords(groups: SweepSummary['groups']): string {
  const ofGroups = groups.flatMap(({ preset, rows }) => {
    const ended = rows.flatMap(({ runs }) =>
      runs.flatMap(({ outcome: { state, step } }) =>
        state === 'done' || state === 'collapsed' ? [step] : [],
      ),
    );
    if (ended.length === 0) return [];
    const [least, greatest] = [Math.min(...ended), Math.max(...ended)];
    const steps =
      least === greatest ? formatCount(least) : `${formatCount(least)} to ${formatCount(greatest)}`;
    return [groups.length === 1 ? steps : `${steps} of ${preset}`];
  });
  return ofGroups.length === 0 ? '' : `Training steps of a run: ${ofGroups.join(', ')}. `;
}

/** The least adjusted probability that any comparison could have had. */
function leastAdjustedP(groups: readonly GroupSummary[]): number | undefined {
  const all = groups.flatMap(({ columns }) =>
    columns.flatMap(({ cells }) => {
      const tested = cells.flatMap(({ difference }) => difference ?? []);
      return tested.map(({ test }) => Math.min(1, tested.length * test.leastP));
    }),
  );
  return all.length === 0 ? undefined : Math.min(...all);
}

function seedsText(seeds: readonly number[]): string {
  const isRow = seeds.every((seed, i) => seed === seeds[0] + i);
  return isRow && seeds.length > 2 ? `${seeds[0]} to ${seeds.at(-1)}` : seeds.join(', ');
}
