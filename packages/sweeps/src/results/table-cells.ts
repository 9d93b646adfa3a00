import { formatNumber } from '@dist-gan/core';
import { confidence, resamples } from '../statistics/bootstrap.js';
import { drawnPatterns } from '../statistics/permutation-test.js';
import { protocolWords } from './protocols.js';
import { significance, type Cell, type Column, type GroupSummary, type SweepSummary } from './summary.js';

/** What a table shows, as texts; what there is not is a dash. */
export interface TextTable {
  readonly preset: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The protocol of each numbered column. */
  readonly protocols: readonly string[];
  /** Which differences there are, row by row. */
  readonly differences: readonly string[];
  readonly published: readonly { readonly metric: string; readonly text: string; readonly source: string }[];
}

const none = '–';

/** One row for each setting: counts, and for each column mean ± standard deviation, interval, median and best. */
export function textTable(group: GroupSummary): TextTable {
  const { preset, rows, columns, published } = group;
  const names = columns.map((column, i) => columnName(column, i));
  return {
    preset,
    heading: ['', 'runs', 'collapsed', 'failed', ...names],
    rows: rows.map(({ setting, counts }, at) => [
      setting.label,
      `${counts.done + counts.collapsed}${counts.unfinished > 0 ? ` (${counts.unfinished} to go)` : ''}`,
      String(counts.collapsed),
      String(counts.failed),
      ...columns.map(({ cells }) => cellText(cells[at])),
    ]),
    protocols: columns.map((column, i) => `${names[i]}: ${protocolWords(column.protocol)}`),
    differences: columns.flatMap((column, i) => differencesOf(group, column, names[i])),
    published,
  };
}

/** Columns of one metric that were measured otherwise are told apart by number. */
function columnName({ metric, isOneOfSeveral }: Column, at: number): string {
  return isOneOfSeveral ? `${metric} [${at + 1}]` : metric;
}

function cellText({ description, interval, best, difference }: Cell): string {
  if (description === undefined) return none;
  const { mean, standardDeviation, median } = description;
  const spread = standardDeviation === undefined ? '' : ` ± ${formatNumber(standardDeviation)}`;
  const parts = [
    `${formatNumber(mean)}${spread}${difference?.isLargerThanNoise === true ? ' *' : ''}`,
    ...(interval === undefined ? [] : [`[${formatNumber(interval.low)}, ${formatNumber(interval.high)}]`]),
    `median ${formatNumber(median)}`,
    ...(best === undefined ? [] : [`best ${formatNumber(best)}`]),
  ];
  return parts.join('; ');
}

function differencesOf({ rows, reference }: GroupSummary, { cells }: Column, name: string): string[] {
  return rows.flatMap(({ setting }, at) => {
    const { difference } = cells[at];
    if (difference === undefined) return [];
    const { mean, interval, pairs, test, adjustedP, isLargerThanNoise } = difference;
    const within =
      interval === undefined ? '' : ` [${formatNumber(interval.low)}, ${formatNumber(interval.high)}]`;
    const verdict = isLargerThanNoise
      ? 'larger than the noise over seeds'
      : 'not larger than the noise over seeds';
    return [
      `${name}: ${setting.label} less ${reference}: ${formatNumber(mean)}${within}, ${pairs} pairs, ` +
        `p ${formatNumber(test.p)}, adjusted ${formatNumber(adjustedP)}: ${verdict}`,
    ];
  });
}

/** What numbers of all tables mean: once, under them. */
export function explanations({ seeds, groups, places, versions }: SweepSummary): string[] {
  const compared = groups.some(({ reference }) => reference !== undefined);
  const least = leastAdjustedP(groups);
  const reference = groups.find((group) => group.reference !== undefined)?.reference;
  return [
    `${seeds.length === 1 ? 'Seed' : 'Seeds'} ${seedsText(seeds)}. Mean ± standard deviation (n - 1) of the last evaluations; in brackets the ${100 * confidence} % interval of the mean ` +
      `(percentile bootstrap, ${resamples.toLocaleString('en-US')} resamples, seeded; too narrow for few seeds). Collapsed runs are in the numbers, ` +
      'failed ones have none; best is nearest to what samples of the data itself have.',
    ...(compared
      ? [
          `An asterisk marks what differs from ${reference}: sign-flip permutation test of the mean difference, paired over seeds, two-sided, exact up to 16 pairs ` +
            `(else ${drawnPatterns.toLocaleString('en-US')} patterns); Holm's adjustment over the rows of a column, none over columns; below ${significance}.`,
        ]
      : []),
    ...(least !== undefined && least >= significance
      ? [
          `With so few seeds the least adjusted p is ${formatNumber(least)}: no difference could have been found, whatever its size.`,
        ]
      : []),
    ...(places.length > 0 ? [`Ran on ${places.join('; and on ')}.`] : []),
    `Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
  ];
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
