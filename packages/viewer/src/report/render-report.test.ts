import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromJson } from '@dist-gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunReader } from '../reading/index.js';
import type { InlinedRun } from './inlined-run.js';
import { renderReport } from './index.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-report-'));
  mkdirSync(join(folder, 'samples'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeRun(steps: number, sampleBytes: number, more = {}) {
  const record = {
    preset: 'tiny',
    seed: 3,
    options: { steps },
    samples: { shape: [8, 8, 1], range: [0, 1] },
    startedAt: '2026-01-02T03:04:05.000Z',
    ...more,
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  const lines = Array.from({ length: steps }, (_, i) => {
    writeFileSync(
      join(folder, 'samples', `step-${String(i + 1).padStart(7, '0')}.png`),
      Buffer.alloc(sampleBytes, i),
    );
    return JSON.stringify({
      event: 'step',
      step: i + 1,
      losses: { 'generator/total': i },
      learningRates: {},
      seconds: i,
      memoryBytes: 1,
    });
  });
  writeFileSync(join(folder, 'metrics.jsonl'), `${lines.join('\n')}\n`);
}

const words = {
  title: 'Tiny </script><script>alert(1)</script> & more',
  description: '',
  published: [],
};

const dataOf = (page: string) =>
  fromJson(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]) as InlinedRun;

describe('renderReport', () => {
  it('needs no other file, and allows its own script and style alone', () => {
    writeRun(3, 10);
    const page = renderReport(new RunReader(folder, () => words), 'running');
    expect(page).not.toMatch(/<(?:link|img|iframe)\b|\ssrc=/);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1];
    for (const [tag, pattern] of [
      ['script', /<script type="module">(.*?)<\/script>/s],
      ['style', /<style>(.*?)<\/style>/s],
    ] as const) {
      const digest = createHash('sha256').update(pattern.exec(page)![1]).digest('base64');
      expect(policy).toContain(`${tag}-src 'sha256-${digest}'`);
    }
    expect(policy).toMatch(/^default-src 'none'/);
  });

  it('holds what the run has written, and nothing of it as markup', () => {
    writeRun(3, 10);
    const page = renderReport(new RunReader(folder, () => words), 'running');
    expect(page).not.toContain('alert(1)</script>');
    expect(page.match(/<script/g)).toHaveLength(2);
    const { view, frames } = dataOf(page);
    expect(view).toMatchObject({ title: words.title, state: 'running', step: 3, steps: 3 });
    expect(Buffer.from(frames[2], 'base64')).toEqual(Buffer.alloc(10, 1));
  });

  it.each([
    [{ executor: 'eager', backend: 'cpu' }, '--backend cpu'],
    [
      { executor: 'compiled', backend: 'cpu', target: 'onnx', device: 'cpu', threads: 2 },
      '--target onnx --device cpu --threads 2',
    ],
    // A recipe that has compiled nothing yet, on pictures of one's own.
    [{ executor: 'compiled', backend: 'cpu', dataFolder: '/my pictures' }, '--data "/my pictures"'],
  ])('says what to type for the same run: %j', (engine, flags) => {
    writeRun(1, 10, engine);
    const { command } = dataOf(renderReport(new RunReader(folder))).view;
    expect(command).toBe(`dist-gan train tiny --seed 3 --config run.json ${flags}`);
  });

  it('leaves out samples where those of all steps would be too much, but never first and last', () => {
    writeRun(40, 50_000);
    const page = renderReport(new RunReader(folder));
    const { view, frames } = dataOf(page);
    expect(page.length).toBeLessThan(1_500_000);
    expect(view.samples.steps.length).toBeGreaterThan(8);
    expect(view.samples.steps.at(0)).toBe(1);
    expect(view.samples.steps.at(-1)).toBe(40);
    expect(Object.keys(frames)).toHaveLength(view.samples.steps.length);
    expect(view.state).toBe('crashed');
  });
});

it.skipIf(process.platform === 'win32')(
  'says by which command the same run is had again, whatever a folder is called',
  () => {
    const dataFolder = '/data/it\'s $HOME `id` "x" \\n';
    writeRun(1, 1, { executor: 'compiled', target: 'onnx', dataFolder });
    const { command } = new RunReader(folder, () => words).view();
    const printed = command.replace(/^dist-gan /, "printf '%s\\n' ");
    expect(spawnSync('sh', ['-c', printed], { encoding: 'utf8' }).stdout.split('\n')).toEqual([
      ...['train', 'tiny', '--seed', '3', '--config', 'run.json', '--target', 'onnx', '--data', dataFolder],
      '',
    ]);
  },
);
