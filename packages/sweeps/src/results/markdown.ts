import { explanations, textTable } from './table-cells.js';
import type { SweepSummary } from './summary.js';

/** All tables as GitHub reads them. */
export function toMarkdown(summary: SweepSummary): string {
  const sections = summary.groups.map((group) => {
    const { preset, heading, rows, protocols, differences, published } = textTable(group);
    return [
      `## ${preset}`,
      [heading, heading.map(() => '---'), ...rows].map(row).join('\n'),
      ...(differences.length === 0 ? [] : [list('Differences', differences)]),
      ...(protocols.length === 0 ? [] : [list('Protocols', protocols)]),
      ...(published.length === 0 ? [] : [publishedTable(published)]),
      ...troubles(group.rows),
    ].join('\n\n');
  });
  return `${[...sections, ...explanations(summary)].join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function list(title: string, lines: readonly string[]): string {
  return `${title}\n\n${lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n')}`;
}

/** Beside, not among the rows: each has the protocol of its source, as far as that says it. */
function publishedTable(published: ReturnType<typeof textTable>['published']): string {
  return [
    'Published, by the protocols of their sources: not to be compared digit by digit',
    '',
    row(['metric', 'published', 'source']),
    row(['---', '---', '---']),
    ...published.map(({ metric, text, source }) => row([metric, text, source])),
  ].join('\n');
}

function troubles(rows: SweepSummary['groups'][number]['rows']): string[] {
  const lines = rows.flatMap(({ setting, runs }) =>
    runs.flatMap(({ run, outcome: { state, reason } }) =>
      state === 'failed' || state === 'collapsed'
        ? [`${setting.label}, seed ${run.spec.seed}: ${state}, ${reason}`]
        : [],
    ),
  );
  return lines.length === 0 ? [] : [list('Failed and collapsed', lines)];
}
