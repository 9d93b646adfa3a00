import type { MetricResult } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { resultsTable, table } from './index.js';

const metric = (id: string, value: number): MetricResult => ({
  id,
  value,
  protocol: {},
  samples: {},
  warnings: [],
});

describe('table', () => {
  it('aligns columns of numbers to the right', () => {
    expect(
      table([
        ['id', 'steps'],
        ['grid', '16,000'],
        ['d', '5'],
      ]),
    ).toBe('id     steps\n----  ------\ngrid  16,000\nd          5\n');
  });
});

describe('resultsTable', () => {
  it('lays published numbers beside those of the run, wrapped to the width', () => {
    const published = [
      { metric: 'modes-covered', text: '25 in all 8 runs after about 50 epochs', source: 'Dist-GAN, 4.1' },
      { metric: 'fid', text: '22.95', source: 'elsewhere' },
    ];
    const results = [metric('modes-covered', 24), metric('total-variation', 0.0371)];
    expect(resultsTable(results, published, 60)).toBe(
      [
        'metric           this run  published',
        '---------------  --------  ---------',
        'modes-covered          24  25 in all 8 runs after about 50',
        '                             epochs [Dist-GAN, 4.1]',
        'total-variation    0.0371',
        '',
      ].join('\n'),
    );
  });
});
