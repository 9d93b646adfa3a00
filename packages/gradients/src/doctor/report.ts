import type { GradientCheck, GradientStatus, OrderCheck } from './check-second-order-gradients.js';

/** The doctor's results as a table for a terminal: plain text, one line per operation, a summary at the end. */
export function formatGradientReport(checks: readonly GradientCheck[]): string {
  const header = ['operation', 'value', 'first order', 'second order', 'third order'];
  const rows = checks.map((check) => [
    check.operation,
    describe(check.value),
    describe(check.firstOrder),
    describe(check.secondOrder),
    describe(check.thirdOrder),
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(header), rule, ...rows.map(line), '', summary(checks)].join('\n');
}

function describe({ status, error }: OrderCheck): string {
  return error === null ? status : `${status} ${error.toExponential(0)}`;
}

function summary(checks: readonly GradientCheck[]): string {
  const count = (status: GradientStatus) => checks.filter((check) => check.status === status).length;
  return (
    `${checks.length} operations: ${count('right')} right, ${count('wrong')} wrong, ${count('throws')} throw ` +
    '(error = largest difference from float64, relative to the largest number; derivatives by finite differences)'
  );
}
