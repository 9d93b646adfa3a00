import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp } from '@dist-gan/architectures';
import type { Metric } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { gan } from '@dist-gan/methods';
import { fit, type FitOptions } from '@dist-gan/trainer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { CheckpointStore } from '../checkpoints/checkpoint-store.js';
import { readRun } from '../folder/read-run.js';
import { freeRun, lockRun } from '../lock/run-lock.js';
import type { Reporter } from '../reporters/reporter.js';
import { newRun, openRun, type RunOptions } from './run.js';

let base = '';
let folder = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-run-'));
  folder = join(base, 'run');
});
afterEach(() => rmSync(base, { recursive: true }));

/** How many samples were seen. */
function counted(): Metric {
  let seen = 0;
  return {
    id: 'seen',
    protocol: {},
    update: ({ count }) => void (seen += count),
    results: () => [{ id: 'seen', value: seen, protocol: { of: 'test' }, samples: {}, warnings: [] }],
  };
}

const options: FitOptions = {
  method: gan(),
  architecture: mlp({ hiddenUnits: [4] }),
  dataset: gaussianGrid({ pointsPerMode: 4 }),
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 8,
  steps: 4,
  seed: 5,
  executor: 'eager',
  evaluation: { every: 2, samples: 10, metrics: () => [counted()] },
};

async function train(changes: Partial<FitOptions>, run?: RunOptions, path = folder): Promise<void> {
  const result = await fit({ ...options, run: openRun(path, run), ...changes });
  await result.dispose();
}

const newest = (path: string) =>
  Buffer.from(encodeCheckpoint({ ...new CheckpointStore(join(path, 'checkpoints')).newest(), seconds: 0 }));

describe('openRun', () => {
  it('keeps what fit does: record, log, checkpoints, generator, result', async () => {
    await train({});
    expect(readdirSync(folder).sort()).toEqual([
      'checkpoints',
      'generator',
      'metrics.jsonl',
      'result.json',
      'run.json',
    ]);
    const { record, events, result, state, checkpoints } = readRun(folder);
    expect(record).toMatchObject({
      preset: 'gan on gaussian-grid',
      seed: 5,
      options: {
        method: { id: 'gan' },
        architecture: { id: 'mlp', hiddenUnits: [4] },
        dataset: { id: 'gaussian-grid', pointsPerMode: 4 },
        batchSize: 8,
        steps: 4,
        movingAverage: null,
        evaluation: { every: 2, samples: 10 },
      },
      samples: { shape: [2] },
      executor: 'eager',
    });
    expect(events.map(({ event, step }) => `${event} ${step}`)).toEqual([
      'step 1',
      'step 2',
      'evaluation 2',
      'step 3',
      'step 4',
      'evaluation 4',
    ]);
    expect(result?.metrics).toEqual([{ id: 'seen', value: 10, protocol: { of: 'test' }, samples: {} }]);
    expect(state).toBe('completed');
    expect(checkpoints.map(({ step }) => step)).toEqual([2, 4]);
  });

  it('goes on where it stopped, to the bytes of a run that was never interrupted', async () => {
    await train({}, {}, join(base, 'whole'));
    const controller = new AbortController();
    const stopAt = (stop: number) => ({
      onStep: ({ step }: { step: number }) => void (step === stop && controller.abort()),
    });
    await train({ signal: controller.signal, callbacks: stopAt(3) });
    expect(readRun(folder).state).toBe('stopped');
    await train({});
    expect(readRun(folder).record.resumed).toMatchObject([{ step: 3 }]);
    expect(newest(folder).equals(newest(join(base, 'whole')))).toBe(true);
    // Once more: there is nothing left to train, and nothing is logged twice.
    const before = readRun(folder).events.length;
    await train({});
    expect(readRun(folder).events).toHaveLength(before);
  });

  it('refuses other options, unless they may change', async () => {
    await train({ steps: 2 });
    await expect(train({ batchSize: 16 })).rejects.toThrow(
      /the checkpoint of step 2 was trained with other options: batchSize was 8 and is 16;/,
    );
    await expect(train({ seed: 6 })).rejects.toThrow(/seed was 5 and is 6/);
    await train({ batchSize: 16 }, { changed: ['batchSize'] });
    const { record, result } = readRun(folder);
    expect(result?.steps).toBe(4);
    // The record says of itself that its options are not those of all steps.
    const changed = [
      { key: 'batchSize', before: 8, now: 16 },
      { key: 'steps', before: 2, now: 4 },
    ];
    expect(record.resumed).toMatchObject([{ step: 2, changed }]);
  });

  it('says to reporters what happens, and loses no run to one that fails', async () => {
    const heard: string[] = [];
    const reporter: Reporter = {
      id: 'mine',
      start: ({ step, steps }) => void heard.push(`start ${step}/${steps}`),
      step: async ({ step }) => void heard.push(`step ${step}`),
      log: ({ event, step }) => void heard.push(`log ${event} ${step}`),
      evaluation: ({ line, samples, pictures, state }) =>
        void heard.push(
          `evaluation ${line.step} ${samples.count} ${[...pictures.keys()].join()} ${state.step}`,
        ),
      notice: (message) => void heard.push(message),
      end: (end) => void heard.push(`end ${end.outcome}`),
    };
    const broken: Reporter = {
      id: 'broken',
      log() {
        throw new Error('the server is gone');
      },
    };
    await train(
      { steps: 2 },
      {
        reporters: [broken, reporter],
        pictures: { samples: () => new Uint8Array([1]), none: () => undefined },
      },
    );
    expect(heard).toEqual([
      'start 0/2',
      'reporter broken failed and is left out from here on: the server is gone',
      'log step 1',
      'step 1',
      'log step 2',
      'step 2',
      'log evaluation 2',
      'evaluation 2 10 samples 2',
      'end completed',
    ]);
    expect(existsSync(join(folder, 'samples/step-0000002.png'))).toBe(true);
  });

  it('writes down why a run failed, and lets the next one in', async () => {
    const ends: unknown[] = [];
    await expect(
      train(
        {
          callbacks: {
            onStep({ step }) {
              if (step === 3) throw new Error('the data are gone');
            },
          },
        },
        { reporters: [{ id: 'mine', end: (end) => void ends.push(end) }] },
      ),
    ).rejects.toThrow('the data are gone');
    expect(ends).toEqual([{ outcome: 'failed', message: 'the data are gone' }]);
    const { state, events, checkpoints } = readRun(folder);
    expect(state).toBe('failed');
    expect(events.at(-1)).toMatchObject({ event: 'failure', step: 3, message: 'the data are gone' });
    expect(checkpoints.at(-1)?.step).toBe(3);
    await train({});
    expect(readRun(folder).state).toBe('completed');
  });

  it('keeps checkpoints of a run that is not evaluated, the last step among them', async () => {
    await train({ evaluation: undefined }, { checkpoints: { everySteps: 3 } });
    const { checkpoints, state } = readRun(folder);
    expect(checkpoints.map(({ step }) => step)).toEqual([3, 4]);
    expect(state).toBe('completed');
  });

  it('makes nothing before it can train', async () => {
    await expect(train({ batchSize: 0 })).rejects.toThrow(/batchSize/);
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses a file, a folder of something else, and one that is written', async () => {
    writeFileSync(join(base, 'file'), '');
    await expect(train({}, {}, join(base, 'file'))).rejects.toThrow(/exists and is not an empty folder/);
    await expect(train({}, {}, join(base, 'file/run'))).rejects.toThrow(/cannot be written/);
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.txt'), '');
    await expect(train({})).rejects.toThrow(/exists and is not an empty folder/);
    rmSync(join(folder, 'thesis.txt'));
    await train({ steps: 2 });
    const lock = lockRun(folder);
    await expect(train({})).rejects.toThrow(/is being written by process/);
    lock.release();
    await train({});
  });

  it('writes nothing more when another machine has taken it over', async () => {
    let taken: unknown;
    const onStep = ({ step }: { step: number }) => {
      if (step !== 3) return;
      freeRun(folder);
      writeFileSync(join(folder, '.lock'), JSON.stringify({ process: 1, host: 'elsewhere', started: null }));
      taken = readRun(folder);
    };
    await expect(train({ callbacks: { onStep } })).rejects.toThrow(/was taken over by another process/);
    expect(readRun(folder)).toEqual(taken);
  });

  it('refuses a run and a state to resume together', async () => {
    await train({ steps: 2 });
    const resume = new CheckpointStore(join(folder, 'checkpoints')).newest();
    await expect(train({ resume })).rejects.toThrow(/fit\.resume: the run that is given knows/);
  });
});

describe('newRun', () => {
  it('never goes on with a run that is there', async () => {
    const path = join(base, 'grid');
    for (const name of ['grid', 'grid-2']) {
      const run = newRun({ path, numbered: true });
      const result = await fit({ ...options, steps: 1, run });
      await result.dispose();
      expect(run.path).toBe(join(base, name));
    }
    const run = newRun({ path, numbered: false });
    await expect(fit({ ...options, run })).rejects.toThrow(/holds a run; to go on with it: dist-gan resume/);
  });
});
