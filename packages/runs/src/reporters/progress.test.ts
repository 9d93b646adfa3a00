import type { JsonObject, MetricResult } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import type { EvaluationLine } from '../events/run-event.js';
import { ProgressReporter } from './progress.js';

const metric = (id: string, value: number, protocol: JsonObject = {}): MetricResult => ({
  id,
  value,
  protocol,
  samples: {},
  warnings: [],
});

const line = (step: number, metrics: readonly MetricResult[]): EvaluationLine => ({
  event: 'evaluation',
  step,
  metrics,
  seconds: 1,
  memoryBytes: 1,
});

/** What was written, as one text. */
function recorded(interactive = false) {
  return {
    text: '',
    interactive,
    columns: 100,
    write(text: string) {
      this.text += text;
    },
  };
}

describe('ProgressReporter', () => {
  const losses = { 'generator/total': 0.25, 'generator/scoreDistance': 0.25 };

  it('writes a line every few seconds where nobody watches', () => {
    const output = recorded();
    const progress = new ProgressReporter(output);
    progress.start({ steps: 1000 });
    for (let step = 1; step <= 100; step++) progress.step({ step, losses, seconds: step / 10 });
    progress.evaluation({ line: line(100, [metric('modes-covered', 23, { modes: 25 })]) });
    progress.step({ step: 1000, losses, seconds: 100 });
    progress.end();
    expect(output.text.split('\n')).toEqual([
      'step     1/1,000    0%  10.0 steps/s  1m 40s left  generator 0.25',
      'step    51/1,000    5%  10.0 steps/s  1m 35s left  generator 0.25',
      'step   100/1,000  evaluated  modes-covered 23',
      'step 1,000/1,000  100%  10.0 steps/s  0.0s left  23/25 modes  generator 0.25',
      '',
    ]);
  });

  it('shows the numbers of the raw generator beside those of the moving average', () => {
    const output = recorded();
    const progress = new ProgressReporter(output);
    progress.start({ steps: 10 });
    const [metrics, rawMetrics] = [[metric('modes-covered', 25)], [metric('modes-covered', 23)]];
    progress.evaluation({ line: { ...line(10, metrics), rawMetrics } });
    expect(output.text).toBe('step 10/10  evaluated  modes-covered 25 (raw 23)\n');
  });

  it('tells apart what is measured of one metric in two ways', () => {
    const output = recorded();
    const progress = new ProgressReporter(output);
    progress.start({ steps: 10 });
    const metrics = [metric('fid', 1, { layer: '64' }), metric('fid', 2, { layer: '2048' })];
    const rawMetrics = [metric('fid', 3, { layer: '64' }), metric('fid', 4, { layer: '2048' })];
    progress.evaluation({ line: { ...line(10, metrics), rawMetrics } });
    expect(output.text).toBe('step 10/10  evaluated  fid 1 (raw 3)  fid [2] 2 (raw 4)\n');
  });

  it('rewrites one line on a terminal, never wider than it', () => {
    const output = recorded(true);
    const progress = new ProgressReporter(output);
    progress.start({ steps: 1000 });
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`phase-number-${i}/total`, i]));
    progress.step({ step: 1, losses: many, seconds: 1 });
    progress.step({ step: 2, losses: many, seconds: 1.05 });
    progress.step({ step: 3, losses: many, seconds: 1.2 });
    progress.notice('hear me');
    progress.end();
    expect(output.text).not.toContain('step     2/');
    const shown = output.text.split('\r\u001b[2K').slice(1);
    expect(shown).toHaveLength(3);
    expect(shown[0]).toHaveLength(99);
    expect(shown[2]).toBe('hear me\n');
  });

  it('does not take what lies between two stages for a slow step', () => {
    const output = recorded();
    const progress = new ProgressReporter(output);
    progress.start({ steps: 1000 });
    for (let step = 1; step <= 500; step++) progress.step({ step, losses: {}, seconds: step / 50 });
    progress.log({ event: 'stage' });
    progress.step({ step: 501, losses: {}, seconds: 100 });
    progress.step({ step: 1000, losses: {}, seconds: 110 });
    expect(output.text.split('\n').slice(-3)).toEqual([
      'step   501/1,000   50%  5.01 steps/s  1m 40s left',
      'step 1,000/1,000  100%  49.9 steps/s  0.0s left',
      '',
    ]);
  });

  it('measures speed over the last seconds, not over the whole run', () => {
    const output = recorded();
    const progress = new ProgressReporter(output);
    progress.start({ steps: 1000 });
    for (let step = 1; step <= 100; step++) progress.step({ step, losses, seconds: step });
    for (let step = 101; step <= 500; step++) {
      progress.step({ step, losses, seconds: 100 + (step - 100) / 20 });
    }
    expect(output.text.trimEnd().split('\n').at(-1)).toContain('20.0 steps/s');
  });
});
