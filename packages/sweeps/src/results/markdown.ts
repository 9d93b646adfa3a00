import { explanations, textTable, type CellTable } from './table-cells.js';
import type { SweepSummary } from './summary.js';

/** All tables as GitHub reads them. */
export function toMarkdown(summary: SweepSummary): string {
  const sections = summary.groups.map((group) => {
    const { preset, heading, rows, protocols, differences, published } = textTable(group);
    return [
      `## ${preset}`,
      table({ heading, rows }),
      ...(differences === undefined ? [] : [`Differences, paired over seeds\n\n${table(differences)}`]),
      ...(protocols.length === 0 ? [] : [list('Protocols', protocols)]),
      ...(published.length === 0 ? [] : [publishedTable(published)]),
      ...troubles(group.rows),
    ].join('\n\n');
  });
  return `${[...sections, ...explanations(summary)].join('\n\n')}\n`;
}

function table({ heading, rows }: CellTable): string {
  const cells = rows.map((lines) => lines.map((cell) => cell.join('<br>')));
  return [heading, heading.map(() => '---'), ...cells].map(row).join('\n');
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
  const lines = rows.flatMap(({ setting, runs }) => {
    const ends = runs.flatMap(({ run, outcome: { state, reason } }) =>
      state === 'failed' || state === 'collapsed' ? [`seed ${run.spec.seed} ${state}, ${reason}`] : [],
    );
    return ends.length === 0 ? [] : [`${setting.label}: ${ends.join('; ')}`];
  });
  return lines.length === 0 ? [] : [list('Failed and collapsed', lines)];
}
