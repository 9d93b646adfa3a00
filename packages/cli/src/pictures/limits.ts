import type { Limits } from './chart/index.js';

/** The smallest and the largest of the values. */
export function extremes(values: ArrayLike<number>): Limits {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}

/** The limits with room on both sides, in parts of what lies between them. */
export function padded([low, high]: Limits, share: number): Limits {
  const space = Math.max(high - low, 1e-6) * share;
  return [low - space, high + space];
}
