import { formatNumber, protocolWords } from '@dist-gan/core';
import type { Cell, GroupSummary, SweepSummary } from './summary.js';
import { explanations, runsText } from './table-cells.js';

/** A table for each preset, for papers: `\\input` it; needs the package booktabs. */
export function toLatex(summary: SweepSummary): string {
  const comments = explanations(summary, 'means').map((line) => `% ${line}`);
  return `${[...comments, ...summary.groups.map(tabular)].join('\n')}\n`;
}

function tabular({ preset, rows, columns, published }: GroupSummary): string {
  const names = columns.map(({ metric, isOneOfSeveral }, i) =>
    isOneOfSeveral ? `${metric} (${i + 1})` : metric,
  );
  const body = rows.flatMap(({ setting, counts }, at) => {
    const runs = counts.done + counts.collapsed;
    const intervals = columns.map(({ cells }) => interval(cells[at], runs));
    return [
      line([
        escape(setting.label),
        runsText(counts),
        String(counts.collapsed),
        String(counts.failed),
        ...columns.map(({ cells }) => number(cells[at])),
      ]),
      // Below the numbers and smaller, so that columns stay narrow.
      ...(intervals.some((text) => text !== '') ? [line(['', '', '', '', ...intervals])] : []),
    ];
  });
  return [
    `% ${preset}`,
    ...columns.map(({ protocol }, i) => `% ${names[i]}: ${protocolWords(protocol)}`),
    ...published.map(
      ({ metric, text, source }) =>
        `% Published, by the protocol of its source: ${metric} ${text.replaceAll('\n', ' ')}; ${source}`,
    ),
    `\\begin{tabular}{lrrr${'r'.repeat(columns.length)}}`,
    '\\toprule',
    line(['', 'runs', 'collapsed', 'failed', ...names.map(escape)]),
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
  ].join('\n');
}

/** Some rows begin with what a row's end would read as its option: a bracket, or a star. */
function line(cells: readonly string[]): string {
  const [first] = cells;
  return `${/^\s*[[*]/.test(first) ? '{}' : ''}${cells.join(' & ')} \\\\`;
}

function number({ description, difference }: Cell): string {
  if (description === undefined) return '--';
  const { mean, standardDeviation } = description;
  const spread = standardDeviation === undefined ? '' : ` \\pm ${inMath(standardDeviation)}`;
  return `$${inMath(mean)}${spread}${difference?.isLargerThanNoise === true ? '^{*}' : ''}$`;
}

/** And of how many runs, where not all of the row's have a number, or one by this protocol. */
function interval({ interval, description }: Cell, runs: number): string {
  const parts = [
    ...(description === undefined || description.count === runs ? [] : [`n = ${description.count}`]),
    ...(interval === undefined ? [] : [`[${inMath(interval.low)}, ${inMath(interval.high)}]`]),
  ];
  return parts.length === 0 ? '' : `{\\footnotesize $${parts.join('$, $')}$}`;
}

function inMath(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '\\infty' : '-\\infty';
  const [digits, exponent] = formatNumber(value).split('e');
  const number = digits.replaceAll(',', '{,}');
  return exponent === undefined ? number : `${number} \\times 10^{${Number(exponent)}}`;
}

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function escape(text: string): string {
  return text.replaceAll(/[\\~^&%$#_{}]/g, (character) => special[character] ?? `\\${character}`);
}
