/** Guards and measurements as a user of the command line asks for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectTensorFlow } from '@dist-gan/compiler';
import { readRun } from '@dist-gan/runs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { main } from '../main.js';
import { recordedTerminal } from '../testing/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-guards-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = [
  'train',
  'gaussian-grid-gan',
  '--out=run',
  '--steps=12',
  '--set=architecture.hiddenUnits=[8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
  '--set=evaluation.samples=100',
  '--set=evaluation.every=2',
];

async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

/** A generator that has just begun makes samples far narrower than the data, so that it is always below 0.9. */
const narrow = (policy: string) => `--set=guards=[{"id":"sample-variance","below":0.9,"policy":"${policy}"}]`;

const engines: [string, string[]][] = [
  ['eager', ['--backend=cpu']],
  ['onnx', ['--target=onnx']],
  ...(succeeds(inspectTensorFlow) ? [['tensorflow', ['--target=tensorflow']] as [string, string[]]] : []),
];

describe.each(engines)('dist-gan train with guards: %s', (_, engine) => {
  it('warns and trains to the end', async () => {
    const { code, stdout } = await run(...tiny, ...engine, narrow('warn'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^step 2, sample-variance: .*; the run goes on$/m);
    const { state, events } = readRun(join(folder, 'run'));
    expect(state).toBe('completed');
    expect(events.filter(({ event }) => event === 'guard').map(({ step }) => step)).toEqual([
      2, 4, 6, 8, 10, 12,
    ]);
  });

  it('stops, which can be gone on with', async () => {
    const { code } = await run(...tiny, ...engine, narrow('stop'));
    expect(code).toBe(0);
    expect(readRun(join(folder, 'run'))).toMatchObject({ state: 'stopped', result: { steps: 2 } });
    expect((await run('show', 'run')).stdout).toMatch(/state +stopped/);
    expect(await run('resume', 'run', '--set=guards=[]')).toMatchObject({ code: 0 });
    expect(readRun(join(folder, 'run')).state).toBe('completed');
  });

  it('goes back to the best state where there is one', async () => {
    const fall =
      '--set=guards=[{"id":"metric-fall","metric":"registered-points","share":0.999,"policy":"restore","restores":1}]';
    const { code } = await run(...tiny, ...engine, fall, '--set=method.learningRate=1');
    expect(code).toBe(0);
    const { events, result } = readRun(join(folder, 'run'));
    const [first] = events.filter((event) => event.event === 'guard');
    expect(first.action).toBe('restored');
    expect(first.restoredStep).toBeLessThan(first.step);
    expect(result!.metrics.length).toBeGreaterThan(0);
  });
});

it('measures what is asked for, and says what it does not know', async () => {
  const measure = '--set=measure=["gradient-norms","weight-norms","spectral-norms"]';
  expect((await run(...tiny, '--backend=cpu', measure)).code).toBe(0);
  const { events, record } = readRun(join(folder, 'run'));
  expect(record.options.measure).toEqual(['gradient-norms', 'weight-norms', 'spectral-norms']);
  const named = (kind: string) =>
    Object.keys((events.find(({ event }) => event === kind) as { measurements: object }).measurements);
  expect(named('step')).toEqual(['gradient-norm/discriminator', 'gradient-norm/generator']);
  expect(named('evaluation')).toContain('weight-norm/generator');
  expect(named('evaluation')).toContain('spectral-norm/discriminator/0');
  const resumed = await run('resume', 'run', '--steps=14');
  expect(resumed.code).toBe(0);
  expect(
    readRun(join(folder, 'run')).events.filter((event) => 'measurements' in event).length,
  ).toBeGreaterThan(20);
  const { code, stderr } = await run(...tiny.slice(0, 2), '--out=other', '--set=measure=["norms"]');
  expect(code).toBe(2);
  expect(stderr).toContain('must be of gradient-norms, weight-norms, spectral-norms');
});
