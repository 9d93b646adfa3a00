import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveSweep } from '../definition/sweep-definition.js';
import type { TrainingProgram } from '../execution/train-run.js';
import { planSweep } from '../plan/plan.js';
import { SweepFolder } from '../sweep-folder.js';
import { estimateSweep } from './estimate-sweep.js';
import type { Probe } from './probe.js';

let folder: SweepFolder;
beforeEach(() => {
  folder = SweepFolder.open(mkdtempSync(join(tmpdir(), 'dist-gan-sweep-')));
});
afterEach(() => {
  folder.close();
  rmSync(folder.path, { recursive: true });
});

/** Nothing is trained: every row that is probed has been before. */
const program: TrainingProgram = {
  train: ({ name }) => ({ file: process.execPath, words: ['-e', `throw new Error('trained ${name}')`] }),
  resume: ({ name }) => ({ file: process.execPath, words: ['-e', `throw new Error('resumed ${name}')`] }),
};
const probe: Probe = {
  around: 2,
  perStep: 0.5,
  perEvaluation: 3,
  checkpoints: 1000,
  once: 100,
  eachEvaluation: 10,
  eachLine: 1,
};
/** 2 s around, 100 steps of 0.5 s, 4 evaluations of 3 s. */
const secondsOfRun = 64;
/** 100 once, 100 lines, 4 evaluations of 10, the checkpoints. */
const bytesOfRun = 1240;

/** Rows whose runs have steps, and after them recipes. */
async function estimate(rows: number, recipes: number, probed: (row: number) => boolean) {
  const methods = [...Array(rows + recipes).keys()].map((row) => `m${row}`);
  const plan = await planSweep(resolveSweep({ presets: ['grid'], methods, seeds: 2 }), {
    resolve: ({ preset, method = '' }) => {
      const isRecipe = Number(method.slice(1)) >= rows;
      const options = { method, ...(!isRecipe && { steps: 100, evaluation: { every: 25 } }) };
      return Promise.resolve({ preset, options });
    },
    engine: {},
    versions: {},
  });
  for (const { identity, setting, spec } of plan.runs) {
    if (spec.seed === 1 && probed(plan.settings.indexOf(setting))) folder.store.putProbe(identity, probe);
  }
  return estimateSweep(plan.runs, {
    folder: folder.path,
    store: folder.store,
    program,
    jobs: 2,
    keep: 'all',
    signal: new AbortController().signal,
  });
}
const labels = (settings: readonly { readonly label: string }[]) => settings.map(({ label }) => label);

describe('the estimate of a sweep', () => {
  it('adds up what five steps of each row say', async () => {
    expect(await estimate(3, 0, () => true)).toEqual({
      workSeconds: 6 * secondsOfRun,
      seconds: 3 * secondsOfRun,
      bytes: 6 * bytesOfRun,
      probed: 3,
      unknown: [],
    });
  });

  it('says of which rows nothing is known: recipes, and those whose five steps failed', async () => {
    const { unknown, workSeconds } = await estimate(3, 1, (row) => row !== 1);
    expect(labels(unknown)).toEqual(['m1', 'm3']);
    expect(workSeconds).toBe(4 * secondsOfRun);
  });

  it('lets some of many rows stand for the others, but none for a recipe', async () => {
    const { unknown, workSeconds, bytes, probed } = await estimate(16, 1, (row) => row % 2 === 0);
    expect(labels(unknown)).toEqual(['m16']);
    expect(probed).toBe(8);
    expect(workSeconds).toBe(32 * secondsOfRun);
    expect(bytes).toBe(32 * bytesOfRun);
  });
});
