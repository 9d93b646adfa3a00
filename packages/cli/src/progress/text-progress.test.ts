import type { MetricResult } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { recordedTerminal } from '../testing/recorded-terminal.js';
import { duration, number, resultsTable, table, TextProgress } from './index.js';

const metric = (id: string, value: number): MetricResult => ({
  id,
  value,
  protocol: {},
  samples: {},
  warnings: [],
});

describe('TextProgress', () => {
  const losses = { 'generator/total': 0.25, 'generator/scoreDistance': 0.25 };

  it('writes a line every few seconds where nobody watches', () => {
    const { stdout, written } = recordedTerminal();
    const progress = new TextProgress(stdout, { steps: 1000, modes: 25 });
    for (let step = 1; step <= 100; step++) progress.step({ step, losses, seconds: step / 10 });
    progress.evaluation({ step: 100, seconds: 10, metrics: [metric('modes-covered', 23)] });
    progress.step({ step: 1000, losses, seconds: 100 });
    progress.end();
    expect(written.stdout.split('\n')).toEqual([
      'step     1/1,000    0%  10.0 steps/s  1m 40s left  generator 0.25',
      'step    51/1,000    5%  10.0 steps/s  1m 35s left  generator 0.25',
      'step   100/1,000  evaluated  modes-covered 23',
      'step 1,000/1,000  100%  10.0 steps/s  0.0s left  23/25 modes  generator 0.25',
      '',
    ]);
  });

  it('shows the numbers of the raw generator beside those of the moving average', () => {
    const { stdout, written } = recordedTerminal();
    const progress = new TextProgress(stdout, { steps: 10 });
    const [metrics, rawMetrics] = [[metric('modes-covered', 25)], [metric('modes-covered', 23)]];
    progress.evaluation({ step: 10, seconds: 1, metrics, rawMetrics });
    expect(written.stdout).toBe('step 10/10  evaluated  modes-covered 25 (raw 23)\n');
  });

  it('rewrites one line on a terminal, never wider than it', () => {
    const { stdout, written } = recordedTerminal({ interactive: true });
    const progress = new TextProgress(stdout, { steps: 1000 });
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`phase-number-${i}/total`, i]));
    progress.step({ step: 1, losses: many, seconds: 1 });
    progress.step({ step: 2, losses: many, seconds: 1.05 });
    progress.step({ step: 3, losses: many, seconds: 1.2 });
    progress.notice('hear me');
    progress.end();
    expect(written.stdout).not.toContain('step     2/');
    const shown = written.stdout.split('\r\u001b[2K').slice(1);
    expect(shown).toHaveLength(3);
    expect(shown[0]).toHaveLength(99);
    expect(shown[2]).toBe('hear me\n');
  });

  it('measures speed over the last seconds, not over the whole run', () => {
    const { stdout, written } = recordedTerminal();
    const progress = new TextProgress(stdout, { steps: 1000 });
    for (let step = 1; step <= 100; step++) progress.step({ step, losses, seconds: step });
    for (let step = 101; step <= 500; step++) {
      progress.step({ step, losses, seconds: 100 + (step - 100) / 20 });
    }
    expect(written.stdout.trimEnd().split('\n').at(-1)).toContain('20.0 steps/s');
  });
});

describe('formats', () => {
  it('writes numbers with about four figures', () => {
    expect([0, 25, 1943, 0.012345, 12.3456, 1234.56, 0.000012345, Number.NaN].map(number)).toEqual([
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
    expect([0.04, 9.96, 59.6, 185, 7260, Infinity].map(duration)).toEqual([
      '0.0s',
      '10s',
      '1m 00s',
      '3m 05s',
      '2h 01m',
      '?',
    ]);
  });

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
