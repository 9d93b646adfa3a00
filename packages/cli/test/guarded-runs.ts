/** Guards as a user of the command line asks for them, on one engine or another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun } from '@dist-gan/runs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../src/main.js';
import { recordedTerminal } from './recorded-terminal.js';

let folder = '';
/** A folder of its own for every test of a file. */
export function useFolder(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dist-gan-guards-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
}

export const tiny = [
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

export async function run(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder });
  return { code: await main(words, terminal), ...terminal.written };
}

/** The run that a test has made. */
export const madeRun = () => readRun(join(folder, 'run'));

/** A generator that has just begun makes samples far narrower than the data, so that it is always below 0.9. */
const narrow = (policy: string) => `--set=guards=[{"id":"sample-variance","below":0.9,"policy":"${policy}"}]`;

/** @param engine what `dist-gan train` is told */
export function describeGuards(...engine: string[]): void {
  describe(`dist-gan train with guards, ${engine.join(' ')}`, () => {
    it('warns and trains to the end', async () => {
      const { code, stdout } = await run(...tiny, ...engine, narrow('warn'));
      expect(code).toBe(0);
      expect(stdout).toMatch(/^step 2, sample-variance: .*; the run goes on$/m);
      const { state, events } = madeRun();
      expect(state).toBe('completed');
      expect(events.filter(({ event }) => event === 'guard').map(({ step }) => step)).toEqual([
        2, 4, 6, 8, 10, 12,
      ]);
    });

    it('stops, which can be gone on with', async () => {
      const { code } = await run(...tiny, ...engine, narrow('stop'));
      expect(code).toBe(0);
      expect(madeRun()).toMatchObject({ state: 'stopped', result: { steps: 2 } });
      expect((await run('show', 'run')).stdout).toMatch(/state +stopped/);
      expect(await run('resume', 'run', '--set=guards=[]')).toMatchObject({ code: 0 });
      expect(madeRun().state).toBe('completed');
    });

    it('goes back to the best state where there is one', async () => {
      const fall =
        '--set=guards=[{"id":"metric-fall","metric":"registered-points","share":0.999,"policy":"restore","restores":1}]';
      const { code } = await run(...tiny, ...engine, fall, '--set=method.learningRate=1');
      expect(code).toBe(0);
      const { events, result } = madeRun();
      const [first] = events.filter((event) => event.event === 'guard');
      expect(first.action).toBe('restored');
      expect(first.restoredStep).toBeLessThan(first.step);
      expect(result!.metrics.length).toBeGreaterThan(0);
      // Tables, cards and `show` read the log: it ends with the numbers of the state that the run ends with.
      const last = events.findLast((event) => event.event === 'evaluation')!;
      expect(events.findLast((event) => event.event === 'guard')!.step).toBe(result!.steps);
      expect(last.metrics).toMatchObject(result!.metrics.map((metric) => ({ ...metric })));
    });
  });
}
