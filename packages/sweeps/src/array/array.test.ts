import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { resolveSweep, type SweepOptions } from '../definition/sweep-definition.js';
import { findRuns, missingRuns, runSweep } from '../execution/run-sweep.js';
import type { TrainingProgram } from '../execution/train-run.js';
import { trainHere } from '../execution/try-run.js';
import { planSweep, type SweepPlan } from '../plan/plan.js';
import { toSummaryJson } from '../results/json.js';
import { summarise } from '../results/summary.js';
import { SharedFolder } from '../storage/shared-folder.js';
import { SweepFolder } from '../sweep-folder.js';
import { jobName, type ArrayJob } from './array-job.js';
import { printKubernetes } from './kubernetes.js';
import { runArrayTask } from './run-array-task.js';
import { readRunList, runsOfTask, writeRunList, type RunList } from './run-list.js';
import { printSlurm } from './slurm.js';

/** Stands for the program that trains; see there. */
const script = fileURLToPath(new URL('../../../../tooling/fixtures/training.mjs', import.meta.url));
const program: TrainingProgram = {
  train: (_, config, folder) => ({ file: process.execPath, words: [script, 'train', config, folder] }),
  resume: (_, folder) => ({ file: process.execPath, words: [script, 'resume', folder] }),
};

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-array-'));
});
afterEach(() => rmSync(base, { recursive: true }));

const planOf = (options: Omit<SweepOptions, 'presets'>): Promise<SweepPlan> =>
  planSweep(resolveSweep({ presets: ['grid'], ...options }), {
    resolve: ({ preset, method = 'a' }, changes) =>
      Promise.resolve({
        preset,
        options: { method, bias: method === 'a' ? 0 : 100, steps: 4, ...changes },
      }),
    engine: { threads: 1 },
    versions: {},
  });

/** What a sweep says when `jobs` processes of this machine trained what was missing. */
async function sweep(plan: SweepPlan, name: string, jobs: number): Promise<string> {
  const path = join(base, name);
  const folder = SweepFolder.open(path);
  try {
    const { signal } = new AbortController();
    const execute = trainHere(path, program);
    await runSweep({ folder: path, plan, store: folder.store, execute, jobs, signal });
    return toSummaryJson(summarise(plan, findRuns(path, plan, folder.store), () => []));
  } finally {
    folder.close();
  }
}

/** Writes the list of what is missing. */
function listOf(plan: SweepPlan, name: string, tasks: number) {
  const path = join(base, name);
  const folder = SweepFolder.open(path);
  try {
    const runs = missingRuns(findRuns(path, plan, folder.store));
    return writeRunList(path, { tasks, keep: plan.definition.keep, runs });
  } finally {
    folder.close();
  }
}

/** A list as a task opens it that sees the folder of the sweep. */
const opened = (file: string) => ({
  list: readRunList(file),
  storage: new SharedFolder(dirname(file), false),
});

describe('an array job', () => {
  it('has the table of one process, without any of its tasks touching the index', async () => {
    const set = { failsAt: { values: [0, 3] }, failures: 9 };
    const plan = await planOf({ methods: ['a', 'b'], seeds: 2, set, keep: 'generators' });
    const here = await sweep(plan, 'here', 2);
    const { file } = listOf(plan, 'there', 3);
    const ended: string[] = [];
    const { signal } = new AbortController();
    const events = { onEnd: ({ name }: { name: string }) => void ended.push(name) };
    const work = (index: number) =>
      runArrayTask({ ...opened(file), index, programOf: () => program, signal, events });
    // Held by another, as while a sweep is open: no task needs it.
    const holder = SweepFolder.open(join(base, 'there'));
    for (const index of [0, 1, 2]) await work(index);
    holder.close();
    expect([...ended].sort()).toEqual(plan.runs.map(({ name }) => name).sort());
    // Once more, as after a requeue: each run keeps its two tries and its log.
    const tries = () => readdirSync(join(base, 'there')).filter((name) => name.endsWith('.tries'));
    expect(tries()).toHaveLength(plan.runs.length);
    const program2: TrainingProgram = {
      train: () => {
        throw new Error('a run was begun anew');
      },
      resume: () => {
        throw new Error('a run that is over was gone on with');
      },
    };
    await runArrayTask({ ...opened(file), index: 1, programOf: () => program2, signal });
    expect(await sweep(plan, 'there', 0)).toBe(here);
    const [done] = plan.runs;
    expect(existsSync(join(base, 'there', done.name, 'checkpoints'))).toBe(false);
  });

  it('gives every run to one task', async () => {
    const { runs } = await planOf({ seeds: 25 });
    const list: RunList = { tasks: 7, keep: 'all', runs };
    const parts = Array.from({ length: 7 }, (_, i) => runsOfTask(list, i));
    expect(parts[3].map(({ spec }) => spec.seed)).toEqual([4, 11, 18, 25]);
    expect(new Set(parts.flat()).size).toBe(25);
    expect(() => runsOfTask(list, 7)).toThrow('--index must be below 7');
  });

  it('keeps its list when the sweep grows', async () => {
    const few = listOf(await planOf({ seeds: 1 }), 'sweep', 1);
    const many = listOf(await planOf({ seeds: 2 }), 'sweep', 2);
    expect(many.file).not.toBe(few.file);
    expect(existsSync(few.file)).toBe(true);
  });

  it.each([
    [undefined, 'there is no such list of runs'],
    ['{"runs": 3}', 'is no list of runs: tasks is missing; print the job again'],
    ['{"tasks": 0, "keep": "all", "runs": []}', 'is no list of runs: tasks: must be 1 or more (got 0)'],
    [
      '{"tasks": 2, "keep": "all", "runs": [{"name": "../x"}]}',
      'is no list of runs: runs.0.identity is missing',
    ],
    ['[', 'is no list of runs: '],
  ])('refuses what is no list: %j', (text, message) => {
    const list = join(base, 'runs.json');
    if (text !== undefined) writeFileSync(list, text);
    expect(() => readRunList(list)).toThrow(message);
  });
});

const job: ArrayJob = {
  name: jobName('My sweep_2', '0a1b2c3d'),
  folder: '/shared/grid',
  list: '/shared/grid/runs-0a1b2c3d.json',
  runs: 2500,
  tasks: 1000,
  atOnce: 40,
  threads: 2,
  gpu: true,
  dataFolder: "/shared/it's data",
};

describe('printed for Slurm', () => {
  it('has the directives of the job', () => {
    const lines = printSlurm(job, { file: 'node', words: ['bin.js'] }).split('\n');
    expect(lines[0]).toBe('#!/bin/bash');
    expect(lines.filter((line) => line.startsWith('#SBATCH'))).toEqual([
      '#SBATCH --job-name=dist-gan-my-sweep-2-0a1b2c3d',
      '#SBATCH --array=0-999%40',
      '#SBATCH --ntasks=1',
      '#SBATCH --cpus-per-task=2',
      '#SBATCH --gres=gpu:1',
      '#SBATCH --output=/shared/grid/logs/%A_%a.log',
      '#SBATCH --signal=B:TERM@60',
      '#SBATCH --requeue',
    ]);
    expect(lines[1]).toContain('2500 runs in 1000 tasks');
  });

  it.skipIf(process.platform === 'win32')('calls the program with its words as they are', () => {
    const odd = join(base, `it's $HOME "x" \\ \`id\` %a`);
    mkdirSync(odd);
    const echo = join(base, 'echo.mjs');
    writeFileSync(echo, 'console.log(JSON.stringify([process.cwd(), ...process.argv.slice(2)]))');
    const list = join(odd, 'runs-1.json');
    const text = printSlurm(
      { ...job, list, folder: odd },
      { file: process.execPath, words: [echo], workingDirectory: odd },
    );
    const { stdout, stderr, status } = spawnSync('bash', ['-s'], {
      input: text,
      encoding: 'utf8',
      env: { ...process.env, SLURM_ARRAY_TASK_ID: '17' },
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const words = ['array-task', list, '--data', job.dataFolder, '--index', '17'];
    expect(JSON.parse(stdout)).toEqual([odd, ...words]);
    // Where no scheduler says which task it is, it ends with an error.
    const { status: without } = spawnSync('bash', ['-s'], { input: text, env: { PATH: process.env.PATH } });
    expect(without).not.toBe(0);
  });
});

/** The same for tasks that do not see the folder of the sweep. */
const remote: ArrayJob = { ...job, list: 's3://runs/grid/runs-0a1b2c3d.json', storage: 's3://runs/grid' };

describe('printed for tasks that have a storage in place of the folder', () => {
  it('names no folder of this machine to Slurm but where the program and the data are', () => {
    const text = printSlurm(remote, { file: 'node', words: ['bin.js'] });
    const commands = text.split('\n').filter((line) => !/^# /.test(line));
    expect(commands.join('\n')).not.toContain(job.folder);
    expect(commands.at(-2)).toMatch(
      /^exec node bin.js array-task s3:\/\/runs\/grid\/runs-0a1b2c3d.json --data /,
    );
    expect(text).toContain('dist-gan sweep "/shared/grid" --jobs 0 --storage s3://runs/grid\n');
  });

  it('has Kubernetes give each pod its keys and a disk to train on, and no volume of the folder', () => {
    const { spec } = parse(printKubernetes(remote)) as {
      spec: { template: { spec: { containers: object[]; volumes: object[] } } };
    };
    const pod = spec.template.spec;
    expect(pod.containers).toMatchObject([
      {
        args: ['array-task', remote.list, '--data', job.dataFolder],
        envFrom: [{ secretRef: { name: 'dist-gan-storage' } }],
        volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }, { name: 'data' }],
      },
    ]);
    expect(pod.volumes).toMatchObject([{ name: 'scratch', emptyDir: {} }, { name: 'data' }]);
  });
});

describe('printed for Kubernetes', () => {
  it('is an indexed Job whose tasks find list, data and folder', () => {
    const { metadata, spec } = parse(printKubernetes(job)) as {
      metadata: { name: string };
      spec: Record<string, unknown> & {
        template: {
          spec: {
            containers: Record<string, unknown>[];
            volumes: { name: string }[];
            securityContext: object;
          };
        };
      };
    };
    expect(metadata.name).toMatch(/^[a-z\d]([a-z\d-]{0,50}[a-z\d])$/);
    expect(spec).toMatchObject({
      completionMode: 'Indexed',
      completions: 1000,
      parallelism: 40,
      backoffLimitPerIndex: 2,
    });
    const pod = spec.template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod.containers).toMatchObject([
      {
        args: ['array-task', job.list, '--data', job.dataFolder],
        resources: { requests: { cpu: 2 }, limits: { 'nvidia.com/gpu': 1 } },
        volumeMounts: [
          { name: 'sweep', mountPath: '/shared/grid' },
          { name: 'data', mountPath: job.dataFolder, readOnly: true },
        ],
      },
    ]);
    expect(pod.volumes.map(({ name }) => name)).toEqual(['sweep', 'data']);
  });

  it('asks for no card and no data where none are needed', () => {
    const text = printKubernetes({ ...job, gpu: false, dataFolder: undefined, atOnce: undefined });
    expect(parse(text)).toMatchObject({
      spec: {
        parallelism: 1000,
        template: {
          spec: {
            containers: [{ args: ['array-task', job.list], volumeMounts: [{ name: 'sweep' }] }],
          },
        },
      },
    });
    expect(text).not.toContain('gpu');
  });
});
