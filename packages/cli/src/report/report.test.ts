import type { Preset } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import type { RunEvent, RunRecord } from '@dist-gan/runs';
import { html } from './html.js';
import { renderReport } from './index.js';

const preset: Preset = {
  id: 'tiny',
  title: 'Tiny <test> & more',
  description: '',
  source: { title: 'A paper', year: 2018, reference: 'arXiv:1803.08887' },
  method: { id: 'dist-gan' },
  architecture: { id: 'mlp' },
  dataset: { id: 'gaussian-grid' },
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 128,
  steps: 20,
  evaluation: { every: 5, samples: 100, metrics: [] },
  published: [{ metric: 'modes-covered', text: '25 in all runs', source: 'the paper' }],
};

const record: RunRecord = {
  preset: 'tiny',
  seed: 3,
  options: {},
  samples: { shape: [2], range: [0, 1] },
  executor: 'eager',
  backend: 'cpu',
  versions: {},
  machine: { platform: 'x', processor: 'y', cores: 2, memoryBytes: 1 },
  gitCommit: null,
  startedAt: '2026-01-02T03:04:05.000Z',
};

const metric = { id: 'modes-covered', value: 24, protocol: { minimumCount: 20 }, samples: {}, warnings: [] };

const events: RunEvent[] = [10, 20].flatMap((step): RunEvent[] => [
  {
    event: 'step',
    step,
    losses: { 'discriminator/total': 1 / step, 'discriminator/real': 2 / step, 'generator/total': 3 },
    learningRates: {},
    seconds: step,
    memoryBytes: 1,
  },
  { event: 'evaluation', step, metrics: [metric], seconds: step, memoryBytes: 1 },
]);

const completed = {
  preset,
  record,
  events,
  pictures: [
    { step: 10, png: new Uint8Array([1, 2]) },
    { step: 20, png: new Uint8Array([3, 4]) },
  ],
  outcome: 'completed',
  steps: 20,
  seconds: 20,
  stepsPerSecond: 1,
  results: [metric],
} as const;

describe('renderReport', () => {
  const page = renderReport(completed);

  it('needs no other file and runs no script', () => {
    expect(page).not.toMatch(/<script|<link|src="(?!data:)|url\((?!#)/);
  });

  it('escapes text', () => {
    expect(page).toContain('Tiny &lt;test&gt; &amp; more');
  });

  it('lays the numbers beside the published ones', () => {
    expect(page).toMatch(
      /modes-covered<\/code><\/td>\s*<td class="value">24<\/td>\s*<td>\s*<div>\s*25 in all runs/,
    );
  });

  it('shows the last picture and the earlier ones', () => {
    expect(page.match(/<img /g)).toHaveLength(2);
    expect(page).toContain('data:image/png;base64,AwQ=');
  });

  it('draws a chart for every metric and every phase, in the colours of the page', () => {
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page).toContain('var(--faint)');
    expect(page).not.toContain('#020202');
    expect(page).not.toContain('NaN');
  });

  it('leaves a gap in a curve where a value is infinite', () => {
    const infinite = events.map((event): RunEvent =>
      event.event === 'evaluation' && event.step === 10
        ? { ...event, metrics: [{ ...metric, value: Infinity }] }
        : event,
    );
    const chart = /<svg .*?<\/svg>/s.exec(renderReport({ ...completed, events: infinite }))![0];
    expect(chart).not.toMatch(/NaN|Infinity/);
    const points = (svg: string) => svg.match(/ecmeta_data_index/g)?.length;
    expect(points(chart)).toBe(1);
    expect(points(/<svg .*?<\/svg>/s.exec(page)![0])).toBe(2);
  });

  it('says how to run it again, on the same engine', () => {
    expect(page).toContain('dist-gan train tiny --seed 3 --config run.json --backend cpu<');
    const compiled = { ...record, executor: 'compiled', target: 'tensorflow', device: 'cpu' };
    expect(renderReport({ ...completed, record: compiled })).toContain(
      '--config run.json --target tensorflow --device cpu<',
    );
  });

  it('says why a run stopped', () => {
    const failure: RunEvent = { event: 'failure', step: 10, message: 'the loss is NaN', seconds: 1 };
    const failed = renderReport({ ...completed, events: [...events, failure], outcome: 'failed', steps: 10 });
    expect(failed).toContain('Stopped at step 10 of 20.</b> the loss is NaN');
    const aborted = renderReport({ ...completed, outcome: 'aborted', steps: 10 });
    expect(aborted).toContain('It was ended before its last step.');
    expect(page).not.toContain('Stopped at step');
  });

  it('is whole without a single event', () => {
    const empty = renderReport({ ...completed, events: [], pictures: [], results: [] });
    expect(empty.trimEnd().endsWith('</html>')).toBe(true);
  });
});

describe('html', () => {
  it('escapes what is put in, and leaves markup alone', () => {
    expect(html`<b title="${'"x"'}">${html`<i>${'<&'}</i>`}${[html`1`, html`2`]}</b>`.text).toBe(
      '<b title="&quot;x&quot;"><i>&lt;&amp;</i>12</b>',
    );
  });
});
