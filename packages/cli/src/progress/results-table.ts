import { formatNumber, type MetricResult, type PublishedNumber } from '@dist-gan/core';

/** A run's numbers beside the published ones, wrapped to a width in characters. */
export function resultsTable(
  results: readonly MetricResult[],
  published: readonly PublishedNumber[],
  width: number,
): string {
  const rows = results.map((result) => ({
    id: result.id,
    value: formatNumber(result.value),
    published: published
      .filter(({ metric }) => metric === result.id)
      .map(({ text, source }) => `${text} [${source}]`),
  }));
  const idWidth = Math.max('metric'.length, ...rows.map(({ id }) => id.length));
  const valueWidth = Math.max('this run'.length, ...rows.map(({ value }) => value.length));
  const left = idWidth + valueWidth + 4;
  const publishedWidth = Math.max(30, width - left);
  const line = (id: string, value: string, text: string) =>
    `${id.padEnd(idWidth)}  ${value.padStart(valueWidth)}  ${text}`.trimEnd();

  const lines = [
    line('metric', 'this run', 'published'),
    line('-'.repeat(idWidth), '-'.repeat(valueWidth), '-'.repeat(9)),
  ];
  for (const row of rows) {
    const [first = '', ...rest] = row.published.flatMap((text) => wrapped(text, publishedWidth));
    lines.push(line(row.id, row.value, first), ...rest.map((text) => line('', '', text)));
  }
  return `${lines.join('\n')}\n`;
}

/** Text in lines of a width; every line but the first is indented. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = `  ${word}`;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
