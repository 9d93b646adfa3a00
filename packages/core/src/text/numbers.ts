/** A whole number with thousands separators. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** A measured number with about four figures: `0.01234`, `12.34`, `1,943`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return formatCount(value);
  const size = Math.abs(value);
  if (size < 0.001) return value.toExponential(2);
  if (size < 100) return String(Number(value.toPrecision(4)));
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** A length of time: `4.2s`, `3m 05s`, `2h 14m`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${String(whole % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

/** Steps per second: `41.3`, `0.82`. */
export function formatSpeed(stepsPerSecond: number): string {
  return stepsPerSecond < 10 ? stepsPerSecond.toFixed(2) : stepsPerSecond.toFixed(1);
}
