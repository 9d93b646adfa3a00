import { spawnSync } from 'node:child_process';
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
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveSweep, type SweepOptions } from '../definition/sweep-definition.js';
import { planSweep, type SweepPlan } from '../plan/plan.js';
import { toCsv } from '../results/csv.js';
import { toSummaryJson } from '../results/json.js';
import { summarise, type SweepSummary } from '../results/summary.js';
import { SweepFolder } from '../sweep-folder.js';
import { addFailure } from './failures.js';
import { runPool } from './pool.js';
import { findRuns, retryFailed, runSweep, type SweepEvents } from './run-sweep.js';
import type { TrainingProgram } from './train-run.js';
import { trainHere } from './try-run.js';

/** Writes runs in a moment: see there. */
const script = fileURLToPath(new URL('../../../../tooling/fixtures/training.mjs', import.meta.url));
const program: TrainingProgram = {
  train: (_, config, folder) => ({ file: process.execPath, words: [script, 'train', config, folder] }),
  resume: (_, folder) => ({ file: process.execPath, words: [script, 'resume', folder] }),
};

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-sweep-'));
});
afterEach(() => rmSync(base, { recursive: true }));

const planOf = (options: Omit<SweepOptions, 'presets'>): Promise<SweepPlan> =>
  planSweep(resolveSweep({ presets: ['grid'], ...options }), {
    resolve: ({ preset, method = 'a' }, { length, ...changes }, steps = Number(length ?? 4)) =>
      Promise.resolve({ preset, options: { method, bias: method === 'a' ? 0 : 100, ...changes, steps } }),
    engine: { threads: 1 },
    versions: {},
  });

/** Runs a sweep and says what came of it. */
async function sweep(
  plan: SweepPlan,
  {
    name = 'sweep',
    jobs = 2,
    signal = new AbortController().signal,
    events = {},
    with: trains = program,
  }: {
    name?: string;
    jobs?: number;
    signal?: AbortSignal;
    events?: SweepEvents;
    with?: TrainingProgram;
  } = {},
): Promise<SweepSummary> {
  const path = join(base, name);
  const folder = SweepFolder.open(path);
  try {
    const execute = trainHere(path, trains);
    await runSweep({ folder: path, plan, store: folder.store, execute, jobs, signal, events });
    return summarise(plan, findRuns(path, plan, folder.store), () => []);
  } finally {
    folder.close();
  }
}

const states = ({ groups }: SweepSummary) =>
  groups[0].rows.map(({ setting, counts }) => [setting.label, counts] as const);
const methods = ['a', 'b'];

describe('a sweep', () => {
  it('trains every run once, and nothing again', async () => {
    const begun: string[] = [];
    const events: SweepEvents = { onBegin: ({ name }) => void begun.push(name) };
    const plan = await planOf({ methods, seeds: 2 });
    const summary = await sweep(plan, { events });
    expect([...begun].sort()).toEqual(plan.runs.map(({ name }) => name).sort());
    expect(states(summary)).toEqual([
      ['a', { done: 2, collapsed: 0, failed: 0, unfinished: 0 }],
      ['b', { done: 2, collapsed: 0, failed: 0, unfinished: 0 }],
    ]);
    const points = summary.groups[0].columns.find(({ metric }) => metric === 'points')!;
    expect(points.cells.map(({ values }) => [...values])).toEqual([
      [
        [1, 1.004],
        [2, 2.004],
      ],
      [
        [1, 101.004],
        [2, 102.004],
      ],
    ]);
    await sweep(plan, { events });
    expect(begun).toHaveLength(4);
    expect(readdirSync(join(base, 'sweep', 'jobs'))).toEqual([]);
  });

  it('trains what is missing when seeds and methods are added', async () => {
    await sweep(await planOf({ methods: ['a'], seeds: 2 }));
    const begun: unknown[] = [];
    const events: SweepEvents = { onBegin: ({ spec }) => void begun.push([spec.options.method, spec.seed]) };
    await sweep(await planOf({ methods, seeds: 3 }), { events, jobs: 1 });
    expect(begun).toEqual([
      ['b', 1],
      ['b', 2],
      ['a', 3],
      ['b', 3],
    ]);
  });

  it('is stopped, goes on, and is equal to the digit to one that was not', async () => {
    // Long enough for word of step 7 to come before a run is over, on a busy machine, too.
    const plan = await planOf({ methods, seeds: 2, budget: { steps: 150 }, set: { milliseconds: 10 } });
    const whole = await sweep(plan, { name: 'whole' });
    const controller = new AbortController();
    const stopped = await sweep(plan, {
      name: 'stopped',
      signal: controller.signal,
      events: { onLine: (_, { step }) => void (step === 7 && controller.abort()) },
    });
    expect(states(stopped).map(([, { unfinished }]) => unfinished)).toEqual([2, 2]);
    const gone = await sweep(plan, { name: 'stopped' });
    expect(toSummaryJson(gone)).toBe(toSummaryJson(whole));
    expect(toCsv(gone)).toBe(toCsv(whole));
  });

  it('tries a run again that failed, from where it was, and then takes it for a result', async () => {
    const set = { failsAt: 3, failures: { values: [1, 2] } };
    const retries: string[] = [];
    const events: SweepEvents = { onRetry: (_, reason) => void retries.push(reason) };
    const summary = await sweep(await planOf({ seeds: 1, set }), { events });
    expect(states(summary)).toEqual([
      ['grid, failures 1', { done: 1, collapsed: 0, failed: 0, unfinished: 0 }],
      ['grid, failures 2', { done: 0, collapsed: 0, failed: 1, unfinished: 0 }],
    ]);
    expect(retries).toEqual(['a loss is NaN', 'a loss is NaN']);
    const [, failed] = summary.groups[0].rows;
    expect(failed.runs[0].outcome).toMatchObject({ state: 'failed', reason: 'a loss is NaN', step: 3 });
    // It has no last number: the numbers of before its end are not its result.
    expect(summary.groups[0].columns[0].cells[1].values.size).toBe(0);
  });

  it.each([
    ['killed', 'the process was ended by SIGKILL', 2],
    ['before', 'the data is not there', 0],
  ])('says why where a process was %s', async (breaks, reason, step) => {
    const plan = await planOf({ seeds: 1, set: { breaks, failures: 9, failsAt: 3 } });
    const summary = await sweep(plan);
    const [{ outcome }] = summary.groups[0].rows[0].runs;
    expect(outcome).toMatchObject({ state: 'failed', reason });
    expect(outcome.step).toBeGreaterThanOrEqual(step);
    // It is over: nothing is tried a third time.
    const begun: string[] = [];
    const events: SweepEvents = { onBegin: ({ name }) => void begun.push(name) };
    await sweep(plan, { events });
    expect(begun).toEqual([]);
  });

  it('ends, and counts no try, where this machine cannot run what it was to train', async () => {
    const plan = await planOf({ seeds: 1, set: { breaks: 'unavailable' } });
    await expect(sweep(plan)).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: 'there is no card here',
    });
    expect(existsSync(join(base, 'sweep', 'failures'))).toBe(false);
  });

  it('stops, and counts no try, where the disk is full, and goes on once there is room', async () => {
    const plan = await planOf({
      seeds: 2,
      set: { breaks: 'full', failsAt: 3, failures: 1, milliseconds: 20, length: 200 },
    });
    await expect(sweep(plan, { jobs: 1 })).rejects.toMatchObject({
      code: 'MACHINE_UNFIT',
      message: expect.stringMatching(
        /^grid-seed1-.* cannot be trained on this machine: no checkpoint can be written \(ENOSPC\); make room\. That is no failure/,
      ) as string,
    });
    expect(existsSync(join(base, 'sweep', 'failures'))).toBe(false);
    const outcomes = () => {
      const folder = SweepFolder.open(join(base, 'sweep'));
      const found = [...findRuns(join(base, 'sweep'), plan, folder.store).values()];
      folder.close();
      return found.map((stored) => stored?.outcome);
    };
    expect(outcomes()).toMatchObject([{ state: 'unfinished', step: 3 }, undefined]);
    // The second seed meets it, and the first one is not trained to its end before that is said.
    await expect(sweep(plan, { jobs: 2 })).rejects.toMatchObject({ code: 'MACHINE_UNFIT' });
    expect(outcomes()).toMatchObject([{ state: 'unfinished' }, { state: 'unfinished', step: 3 }]);
    expect(states(await sweep(plan))[0][1]).toMatchObject({ done: 2, failed: 0 });
  });

  it('stops, and counts no try, where its own files cannot be written', async () => {
    const plan = await planOf({ seeds: 1 });
    const noFolder: TrainingProgram = {
      ...program,
      train: () => {
        throw Object.assign(new Error('EMFILE: too many open files, open x'), { code: 'EMFILE' });
      },
    };
    await expect(sweep(plan, { with: noFolder })).rejects.toMatchObject({
      code: 'MACHINE_UNFIT',
      message: expect.stringContaining(
        'too many open files, open x; allow more open files (ulimit -n)',
      ) as string,
    });
    expect(existsSync(join(base, 'sweep', 'failures'))).toBe(false);
  });

  it('counts the tries of a run, whatever a full disk has left of the first one', async () => {
    const plan = await planOf({ seeds: 1, set: { failsAt: 3, failures: 9 } });
    const [{ name }] = plan.runs;
    mkdirSync(join(base, 'sweep', 'failures'), { recursive: true });
    writeFileSync(
      join(base, 'sweep', 'failures', `${name}.jsonl`),
      '{"started":"2026-11-29T10:00:00.000Z","en',
    );
    const retries: string[] = [];
    const summary = await sweep(plan, { events: { onRetry: (_, reason) => void retries.push(reason) } });
    expect(states(summary)[0][1].failed).toBe(1);
    expect(retries).toEqual(['a loss is NaN']);
  });

  it('takes for done what failed, and was gone on with by other hands', async () => {
    const plan = await planOf({ seeds: 1, set: { failsAt: 3, failures: 2 } });
    expect(states(await sweep(plan))[0][1].failed).toBe(1);
    spawnSync(process.execPath, [script, 'resume', join(base, 'sweep', plan.runs[0].name)]);
    expect(states(await sweep(plan))[0][1]).toMatchObject({ done: 1, failed: 0 });
  });

  it('tells of an earlier try as of no end where it is asked to stop before it begins', async () => {
    const plan = await planOf({ seeds: 1 });
    const [run] = plan.runs;
    addFailure(base, run, { started: '', ended: '', reason: 'a loss is NaN' });
    const train = trainHere(base, program);
    expect(await train(run, { signal: AbortSignal.abort(), hooks: {} })).toBeUndefined();
  });

  it('tries what failed again when it is asked to', async () => {
    const plan = await planOf({ seeds: 1, set: { failsAt: 3, failures: 2 } });
    expect(states(await sweep(plan))[0][1].failed).toBe(1);
    retryFailed(join(base, 'sweep'), plan);
    expect(states(await sweep(plan))[0][1].done).toBe(1);
  });

  it('counts a run as collapsed that lost the modes, and keeps its numbers', async () => {
    const summary = await sweep(await planOf({ seeds: 1, set: { modes: { values: [1, 2] } } }));
    expect(states(summary).map(([, { collapsed }]) => collapsed)).toEqual([1, 0]);
    const [lost] = summary.groups[0].rows;
    expect(lost.runs[0].outcome.reason).toBe('covers 1 of 4 modes');
    expect(summary.groups[0].columns[0].cells[0].values.get(1)).toBe(1);
  });

  it('ends runs that have had their seconds', async () => {
    // The script says that ten steps take a second.
    const plan = await planOf({ seeds: 1, budget: { seconds: 2 }, set: { length: 1000, milliseconds: 2 } });
    const summary = await sweep(plan);
    const [{ outcome }] = summary.groups[0].rows[0].runs;
    expect(outcome.state).toBe('done');
    expect(outcome.seconds).toBeGreaterThanOrEqual(2);
    expect(outcome.step).toBeLessThan(1000);
  });

  it.each([
    ['generators', ['checkpoints'], ['discriminator-field']],
    ['numbers', ['checkpoints', 'discriminator-field'], []],
  ] as const)('keeps what it is to keep: %s', async (keep, gone, kept) => {
    const plan = await planOf({ seeds: 1, keep });
    await sweep(plan);
    const path = join(base, 'sweep', plan.runs[0].name);
    for (const name of gone) expect(existsSync(join(path, name))).toBe(false);
    for (const name of kept) expect(existsSync(join(path, name))).toBe(true);
    expect(existsSync(join(path, 'metrics.jsonl'))).toBe(true);
    // Without a checkpoint it is done all the same.
    const begun: string[] = [];
    await sweep(plan, { events: { onBegin: ({ name }) => void begun.push(name) } });
    expect(begun).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'keeps the last checkpoint of a run that was killed before it could write its result: nothing else says that it is done',
    async () => {
      const plan = await planOf({ seeds: 1, keep: 'generators' });
      const words = (config: string, folder: string) => [
        '-c',
        `"$0" "$1" train "$2" "$3" && rm "$3/result.json" && kill -KILL $$`,
        ...[process.execPath, script, config, folder],
      ];
      const killed: TrainingProgram = {
        ...program,
        train: (_, config, folder) => ({ file: 'sh', words: words(config, folder) }),
      };
      expect(states(await sweep(plan, { with: killed }))[0][1].done).toBe(1);
      rmSync(join(base, 'sweep', 'index.sqlite'));
      const begun: string[] = [];
      const events: SweepEvents = { onBegin: ({ name }) => void begun.push(name) };
      expect(states(await sweep(plan, { events }))[0][1].done).toBe(1);
      expect(begun).toEqual([]);
    },
  );

  it('makes the index again from the runs', async () => {
    const plan = await planOf({ methods, seeds: 2 });
    const before = await sweep(plan);
    for (const damage of [
      () => rmSync(join(base, 'sweep', 'index.sqlite')),
      () => writeFileSync(join(base, 'sweep', 'index.sqlite'), 'no database'),
      () =>
        writeFileSync(
          join(base, 'sweep', 'index.sqlite'),
          readFileSync(join(base, 'sweep', 'index.sqlite')).subarray(0, 5000),
        ),
    ]) {
      damage();
      expect(toSummaryJson(await sweep(plan))).toBe(toSummaryJson(before));
    }
  });

  it('takes the later of two evaluations of a step', async () => {
    const plan = await planOf({ seeds: 1 });
    const before = await sweep(plan);
    const log = join(base, 'sweep', plan.runs[0].name, 'metrics.jsonl');
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    const last = lines.findLast((line) => line.includes('"evaluation"'))!;
    const earlier = last.replaceAll(/"value":[\d.]+/g, '"value":0');
    writeFileSync(log, [...lines.slice(0, -1), earlier, last, ''].join('\n'));
    rmSync(join(base, 'sweep', 'index.sqlite'));
    expect(toSummaryJson(await sweep(plan))).toBe(toSummaryJson(before));
  });

  it('knows without its index what has failed, and of how many tries', async () => {
    const plan = await planOf({ seeds: 1, set: { breaks: 'before', failures: 9 } });
    await sweep(plan);
    rmSync(join(base, 'sweep', 'index.sqlite'));
    const begun: string[] = [];
    const summary = await sweep(plan, { events: { onBegin: ({ name }) => void begun.push(name) } });
    expect(begun).toEqual([]);
    expect(summary.groups[0].rows[0].runs[0].outcome).toMatchObject({
      state: 'failed',
      reason: 'the data is not there',
    });
  });

  it('never begins a run anew that is over, whoever asks for it', async () => {
    const plan = await planOf({ seeds: 1, keep: 'generators' });
    await sweep(plan);
    const log = () => readFileSync(join(base, 'sweep', plan.runs[0].name, 'metrics.jsonl'), 'utf8');
    const before = log();
    const { signal } = new AbortController();
    const train = trainHere(join(base, 'sweep'), program);
    expect(await train(plan.runs[0], { signal, hooks: {} })).toBeUndefined();
    expect(log()).toBe(before);
  });

  it('trains a run again whose folder was taken away', async () => {
    const plan = await planOf({ seeds: 2 });
    await sweep(plan);
    rmSync(join(base, 'sweep', plan.runs[0].name), { recursive: true });
    const begun: string[] = [];
    await sweep(plan, { events: { onBegin: ({ name }) => void begun.push(name) } });
    expect(begun).toEqual([plan.runs[0].name]);
  });

  it('refuses a folder that holds another run than its name says', async () => {
    const plan = await planOf({ seeds: 2 });
    await sweep(plan);
    const [first, second] = plan.runs.map(({ name }) => join(base, 'sweep', name));
    rmSync(first, { recursive: true });
    cpSync(second, first, { recursive: true });
    rmSync(join(base, 'sweep', 'index.sqlite'));
    await expect(sweep(plan)).rejects.toThrow(
      'holds another run than its name says: seed is 2 and was to be 1',
    );
  });

  it('keeps others out while it runs', () => {
    const path = join(base, 'sweep');
    const folder = SweepFolder.open(path);
    expect(() => SweepFolder.open(path)).toThrow(/is being written by process/);
    folder.close();
    SweepFolder.open(path).close();
  });
});

describe('the pool', () => {
  it('does so many at a time, in their order, and each once', async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    const tasks = Array.from({ length: 20 }, (_, i) => i);
    await runPool(tasks, 3, new AbortController().signal, async (task) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      done.push(task);
      now--;
    });
    expect(most).toBe(3);
    expect(done).toEqual(tasks);
  });

  it('begins nothing after an error, and waits for what runs', async () => {
    const done: number[] = [];
    const work = async (task: number) => {
      await new Promise((resolve) => setTimeout(resolve, task === 0 ? 1 : 20));
      if (task === 0) throw new Error('full');
      done.push(task);
    };
    await expect(runPool([0, 1, 2, 3], 2, new AbortController().signal, work)).rejects.toThrow('full');
    expect(done).toEqual([1]);
  });
});
