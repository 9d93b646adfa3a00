/**
 * Rows in columns, the first row as their heads. A column whose cells below the head are all numbers is
 * aligned to the right.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  const columns = head.map((_, column) => ({
    width: Math.max(...rows.map((row) => row[column].length)),
    numeric: body.length > 0 && body.every((row) => /^(-?[\d,.]+(e[+-]?\d+)?|NaN)?$/.test(row[column])),
  }));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) =>
        columns[i].numeric ? cell.padStart(columns[i].width) : cell.padEnd(columns[i].width),
      )
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '-'.repeat(width)).join('  ');
  return `${[line(head), rule, ...body.map(line)].join('\n')}\n`;
}
