import { describe, expect, it } from 'vitest';
import { formatDuration, formatNumber } from './numbers.js';

describe('numbers for people', () => {
  it('writes numbers with about four figures', () => {
    expect([0, 25, 1943, 0.012345, 12.3456, 1234.56, 0.000012345, Number.NaN].map(formatNumber)).toEqual([
      '0',
      '25',
      '1,943',
      '0.01235',
      '12.35',
      '1,234.6',
      '1.23e-5',
      'NaN',
    ]);
  });

  it('writes lengths of time', () => {
    expect([0.04, 9.96, 59.6, 185, 7260, Infinity].map(formatDuration)).toEqual([
      '0.0s',
      '10s',
      '1m 00s',
      '3m 05s',
      '2h 01m',
      '?',
    ]);
  });
});
