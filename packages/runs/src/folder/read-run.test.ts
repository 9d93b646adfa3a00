import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../events/run-event.js';
import { lockRun } from '../lock/run-lock.js';
import { isRun, readRun } from './read-run.js';

let run = '';
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'dist-gan-read-'));
});
afterEach(() => rmSync(run, { recursive: true }));

const put = (name: string, content: unknown) =>
  writeFileSync(join(run, name), typeof content === 'string' ? content : JSON.stringify(content));

const step = (step: number): RunEvent => ({
  event: 'step',
  step,
  losses: { 'generator/total': 0.5 },
  learningRates: { generator: 0.001 },
  seconds: step,
  memoryBytes: 1,
});
const putRecord = () =>
  put('run.json', {
    preset: 'gaussian-grid',
    seed: 3,
    options: { steps: 10 },
    samples: { shape: [2], range: [-1, 1] },
  });
const putResult = (steps: number) =>
  put('result.json', {
    preset: 'gaussian-grid',
    seed: 3,
    steps,
    seconds: 1,
    stepsPerSecond: steps,
    executor: 'eager',
    metrics: [{ id: 'fid', value: 'NaN', protocol: {} }],
  });
const log = (...events: RunEvent[]) => {
  for (const event of events) appendFileSync(join(run, 'metrics.jsonl'), `${JSON.stringify(event)}\n`);
};

describe('readRun', () => {
  it.each([
    [{}, 'options.steps is missing'],
    [{ steps: 'many' }, 'options.steps: must be a whole number of steps (got "many")'],
    [{ steps: 1.5 }, 'options.steps: must be a whole number of steps (got 1.5)'],
  ])('says what is missing of a record that somebody has changed: %j', (options, problem) => {
    put('run.json', { preset: 'grid', seed: 3, options, samples: { shape: [2], range: [-1, 1] } });
    expect(() => readRun(run)).toThrow(
      `run.json is no record of a run (${problem}); restore it, or train again`,
    );
  });

  it('takes the steps of a recipe from beside its options', () => {
    put('run.json', {
      preset: 'grid',
      seed: 3,
      steps: 7,
      options: {},
      samples: { shape: [2], range: [-1, 1] },
    });
    expect(readRun(run).record.steps).toBe(7);
  });

  it('reads record, events, result and checkpoints', () => {
    putRecord();
    log(step(1), step(10));
    appendFileSync(join(run, 'metrics.jsonl'), '{"event":"st');
    putResult(10);
    mkdirSync(join(run, 'checkpoints'));
    for (const name of ['step-0000010', 'step-0000005', 'best-fid']) {
      put(`checkpoints/${name}.safetensors`, 'four');
    }
    put('checkpoints/.12.abc.tmp', 'half');
    const content = readRun(run);
    expect(content.record).toMatchObject({ preset: 'gaussian-grid', seed: 3 });
    expect(content.events.map((event) => event.step)).toEqual([1, 10]);
    expect(content.result?.metrics).toEqual([{ id: 'fid', value: NaN, protocol: {}, samples: {} }]);
    expect(content.checkpoints.map(({ name, step, size }) => [name, step, size])).toEqual([
      ['best-fid.safetensors', undefined, 4],
      ['step-0000005.safetensors', 5, 4],
      ['step-0000010.safetensors', 10, 4],
    ]);
    expect(content.state).toBe('completed');
  });

  it('has the oldest checkpoint first, also beyond seven digits', () => {
    putRecord();
    mkdirSync(join(run, 'checkpoints'));
    for (const at of ['10000000', '9999999']) put(`checkpoints/step-${at}.safetensors`, 'four');
    expect(readRun(run).checkpoints.map(({ step }) => step)).toEqual([9_999_999, 10_000_000]);
  });

  it('says where a run stands', () => {
    putRecord();
    expect(readRun(run).state).toBe('crashed');
    const lock = lockRun(run);
    expect(readRun(run).state).toBe('running');
    lock.release();
    log(step(1), step(4));
    expect(readRun(run).state).toBe('crashed');
    putResult(4);
    expect(readRun(run).state).toBe('stopped');
    // It went on, and its process vanished.
    log(step(5));
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    put('.lock', { process: pid, host: hostname(), started: '1' });
    expect(readRun(run).state).toBe('crashed');
    log({ event: 'failure', step: 5, message: 'a loss is NaN', seconds: 5 });
    expect(readRun(run).state).toBe('failed');
    log(step(10));
    putResult(10);
    expect(readRun(run).state).toBe('completed');
  });

  it.each([
    ['nothing', () => rmSync(join(run, 'run.json'), { force: true }), 'DATA_NOT_FOUND'],
    ['a record that is none', () => put('run.json', '{"preset":'), 'DATA_FORMAT'],
    ['a record of something else', () => put('run.json', 'null'), 'DATA_FORMAT'],
    ['a result that is none', () => (putRecord(), put('result.json', '[]')), 'DATA_FORMAT'],
  ] as const)('refuses %s', (_, make, code) => {
    make();
    let refusal: unknown;
    try {
      readRun(run);
    } catch (error) {
      refusal = error;
    }
    expect(isGanError(refusal, code)).toBe(true);
  });

  it('refuses a file', () => {
    put('file', '');
    expect(() => readRun(join(run, 'file'))).toThrow(/is no folder of a run: .*ENOTDIR/);
    expect(isRun(join(run, 'file'))).toBe(false);
    expect(isRun(run)).toBe(false);
  });
});
