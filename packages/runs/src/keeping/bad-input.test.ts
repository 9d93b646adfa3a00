/** What a run may find where it is to be written, or to go on from: nothing is half read, and every error has a way out. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import { isGanError } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import { fit, type FitOptions, type StepEvent } from '@dist-gan/trainer';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { CheckpointStore } from '../checkpoints/checkpoint-store.js';
import { readRun } from '../folder/read-run.js';
import { TensorBoardReporter } from '../reporters/tensorboard/tensorboard.js';
import { openRun, type RunOptions } from './run.js';

const options: FitOptions = {
  method: gan(),
  architecture: mlp({ hiddenUnits: [3] }),
  dataset: gaussianGrid({ pointsPerMode: 4 }),
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 4,
  steps: 5,
  seed: 5,
  executor: 'eager',
};
const everyStep: RunOptions = { checkpoints: { everySteps: 1, keep: 2 } };

async function train(
  path: string,
  run: RunOptions = everyStep,
  changes: Partial<FitOptions> = {},
): Promise<void> {
  await (await fit({ ...options, ...changes, run: openRun(path, run) })).dispose();
}

const lastBytes = (path: string) =>
  Buffer.from(encodeCheckpoint({ ...new CheckpointStore(join(path, 'checkpoints')).newest(), seconds: 0 }));

/** Every file below a folder. */
const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

let base = '';
let folder = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-bad-'));
  folder = join(base, 'run');
});
afterEach(() => rmSync(base, { recursive: true }));

/** @returns the message, of an error of ours alone */
async function refusal(attempt: Promise<void>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    expect(isGanError(error)).toBe(true);
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

describe('a run that was cut at any byte', () => {
  let made = '';
  /** After its third step: it goes on with two more. */
  let half = '';
  let wanted: Buffer;
  beforeAll(async () => {
    made = mkdtempSync(join(tmpdir(), 'dist-gan-cut-'));
    half = join(made, 'half');
    const stop = new AbortController();
    const onStep = ({ step }: StepEvent) => void (step === 3 && stop.abort());
    await train(half, everyStep, { signal: stop.signal, callbacks: { onStep } });
    await train(join(made, 'whole'));
    wanted = lastBytes(join(made, 'whole'));
  });
  afterAll(() => rmSync(made, { recursive: true }));

  /** Lengths at which a file has another kind of damage. */
  function boundaries(bytes: Buffer): number[] {
    const header = bytes.length > 8 ? Number(bytes.readBigUInt64LE(0)) : 0;
    const tensors = 8 + header;
    return [
      0,
      1,
      7,
      8,
      9,
      8 + 26,
      8 + 26 + 64,
      tensors - 1,
      tensors,
      tensors + 1,
      tensors + 4,
      bytes.length - 1,
    ].filter((length) => length >= 0 && length < bytes.length);
  }

  /** Goes on with a copy in which one file is cut: to the same bytes, or to an error of ours that leaves everything as it was. */
  async function goOn(file: string, length: number): Promise<void> {
    const path = join(folder, `${length}`);
    cpSync(half, path, { recursive: true });
    const cut = join(path, file);
    writeFileSync(cut, readFileSync(cut).subarray(0, length));
    const before = filesOf(path).map((name) => [name, readFileSync(name)]);
    try {
      readRun(path);
    } catch (error) {
      expect(isGanError(error)).toBe(true);
    }
    try {
      await train(path);
    } catch (error) {
      expect(isGanError(error)).toBe(true);
      expect(filesOf(path).map((name) => [name, readFileSync(name)])).toEqual(before);
      return;
    }
    expect(lastBytes(path).equals(wanted)).toBe(true);
    rmSync(path, { recursive: true });
  }

  it('goes on from the checkpoint before, at every kind of boundary', async () => {
    const file = join('checkpoints', 'step-0000003.safetensors');
    for (const length of boundaries(readFileSync(join(half, file)))) await goOn(file, length);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('gives the same bytes or an error, whichever file is cut, and wherever', async () => {
    const files = filesOf(half).map((file) => file.slice(half.length + 1));
    expect(files).toContain('run.json');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (file, share) => goOn(file, Math.floor(share * readFileSync(join(half, file)).length)),
      ),
      { numRuns: 25 },
    );
  });

  it('is refused where all checkpoints are cut, with a way out', async () => {
    cpSync(half, folder, { recursive: true });
    for (const name of readdirSync(join(folder, 'checkpoints'))) {
      const path = join(folder, 'checkpoints', name);
      writeFileSync(path, readFileSync(path).subarray(0, 300));
    }
    expect(await refusal(train(folder))).toMatch(/none of the 2 checkpoints can be read; train again/);
  });
});

describe('a place that is no run', () => {
  it('is begun where it is an empty folder, and refused where it is a file or something else', async () => {
    mkdirSync(folder);
    expect(() => readRun(folder)).toThrow(/is no folder of a run/);
    await train(folder);
    expect(readRun(folder).state).toBe('completed');
    writeFileSync(join(base, 'file'), 'of somebody');
    expect(await refusal(train(join(base, 'file')))).toMatch(/exists and is not an empty folder/);
    expect(readFileSync(join(base, 'file'), 'utf8')).toBe('of somebody');
  });

  it.each<[string, () => string]>([
    ['below a file', () => join(base, 'file', 'run')],
    ...(existsSync('/proc')
      ? [['where nothing can be made', () => '/proc/run'] as [string, () => string]]
      : []),
    ['with a name that is too long', () => join(base, 'r'.repeat(300))],
    ['with a name that is none', () => join(base, 'run\0')],
  ])('cannot be made %s, and that is said', async (_, path) => {
    writeFileSync(join(base, 'file'), '');
    expect(await refusal(train(path()))).toMatch(/choose another folder/);
    expect(readdirSync(base)).toEqual(['file']);
  });
});

describe('a run of another version', () => {
  it('is not gone on with, and the version that can is named', async () => {
    await train(folder);
    for (const name of readdirSync(join(folder, 'checkpoints'))) {
      const path = join(folder, 'checkpoints', name);
      const bytes = readFileSync(path);
      bytes.write('"version":"2"', bytes.indexOf('"version":"1"'));
      const at = bytes.indexOf('"sha256":"') + 10;
      bytes.fill('0', at, at + 64);
      bytes.write(createHash('sha256').update(bytes).digest('hex'), at);
      writeFileSync(path, bytes);
    }
    const damaged: string[] = [];
    const reporter = { id: 'test', notice: (message: string) => void damaged.push(message) };
    const again = train(folder, { reporters: [reporter] }, { steps: 6 });
    expect(await refusal(again)).toMatch(/none of the 2 checkpoints can be read/);
    expect(() => new CheckpointStore(join(folder, 'checkpoints')).read('step-0000005.safetensors')).toThrow(
      /is a checkpoint of format dist-gan-checkpoint 2, this program reads dist-gan-checkpoint 1; use the version of dist-gan that wrote it/,
    );
  });
});

describe('two processes', () => {
  it('do not write one run: the second is refused until the first is gone, however it went', async () => {
    await train(folder);
    const script = `
      const fs = require('node:fs'), os = require('node:os');
      const stat = fs.existsSync('/proc/self/stat') ? fs.readFileSync('/proc/self/stat', 'utf8') : '';
      const started = stat === '' ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      fs.writeFileSync(process.argv[1], JSON.stringify({ process: process.pid, host: os.hostname(), started }));
      console.log('locked');
      setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['-e', script, join(folder, '.lock')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(other.stdout, 'data');
    expect(readRun(folder).state).toBe('running');
    expect(await refusal(train(folder, {}, { steps: 6 }))).toContain(
      `is being written by process ${other.pid}`,
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    await train(folder, {}, { steps: 6 });
    expect(readRun(folder).result?.steps).toBe(6);
  });
});

describe('a clock that jumps', () => {
  afterEach(() => void vi.useRealTimers());

  it('changes no seconds, no checkpoints, no order of files', async () => {
    // A year back and forth, at every step.
    vi.useFakeTimers({ toFake: ['Date'] });
    const year = 365 * 24 * 3600 * 1000;
    const jump = (step: number) => vi.setSystemTime(1.7e12 + (step % 2 === 0 ? 1 : -1) * year * (step + 1));
    const seconds: number[] = [];
    const callbacks = {
      onStep(event: StepEvent) {
        seconds.push(event.seconds);
        jump(event.step);
      },
    };
    const run = { reporters: [new TensorBoardReporter()], checkpoints: { everyMinutes: 1 } };
    for (const steps of [2, 3, 5]) {
      jump(steps);
      await train(folder, run, { steps, callbacks });
    }
    expect(seconds).toHaveLength(5);
    seconds.forEach((value, i) => expect(value).toBeGreaterThan(seconds[i - 1] ?? 0));
    expect(seconds.at(-1)).toBeLessThan(60);
    const { checkpoints, result, record } = readRun(folder);
    // No minute has passed: there are those of the last steps alone.
    expect(checkpoints.map(({ step }) => step)).toEqual([3, 5]);
    expect(result!.seconds).toBeLessThan(60);
    expect(record.resumed).toHaveLength(2);
    const files = readdirSync(join(folder, 'tensorboard')).sort();
    expect(files.map((name) => name.split('.').at(-1))).toEqual(['0', '2', '3']);
  });
});
