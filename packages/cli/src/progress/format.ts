/** A whole number with thousands separators. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** A measured number with about four figures: `0.01234`, `12.34`, `1,943`. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return count(value);
  const size = Math.abs(value);
  if (size < 0.001) return value.toExponential(2);
  if (size < 100) return String(Number(value.toPrecision(4)));
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** A length of time: `4.2s`, `3m 05s`, `2h 14m`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${String(whole % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

/** Steps per second: `41.3`, `0.82`. */
export function speed(stepsPerSecond: number): string {
  return stepsPerSecond < 10 ? stepsPerSecond.toFixed(2) : stepsPerSecond.toFixed(1);
}

/** Text cut to a width, with an ellipsis where something is missing. */
export function fitted(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

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
