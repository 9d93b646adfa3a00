import { availableParallelism } from 'node:os';
import { deviceNames, OptionError, targetNames, toJson } from '@dist-gan/core';
import type { ObjectStorage, WorkerShare } from '@dist-gan/queue';
import {
  estimateSweep,
  findRuns,
  missingRuns,
  planSweep,
  retryFailed,
  runPool,
  runSweep,
  SweepFolder,
  sweepSchema,
  trainHere,
  type FoundRuns,
  type PlannedRun,
  type SweepDefinition,
  type SweepPlan,
  type TrainingProgram,
} from '@dist-gan/sweeps';
import { executorIds } from '@dist-gan/trainer';
import type { ParsedArguments } from '../arguments/index.js';
import { presetNames, settingKeys } from '../completion/values.js';
import { backendNames } from '../engine/index.js';
import { workUntilEnding } from '../ending/index.js';
import { engineIdentity, settleEngine } from '../sweeps/engine.js';
import { readSweep } from '../sweeps/read-definition.js';
import { clusters, printJob, type Cluster } from '../sweeps/print-job.js';
import { openQueue, openStorage, queueAddress } from '../sweeps/queue.js';
import { shareOf } from '../sweeps/run-words.js';
import { setUps, trainsConvolutions } from '../sweeps/set-up.js';
import { sweepProgress } from '../sweeps/sweep-progress.js';
import { SweepResults } from '../sweeps/sweep-results.js';
import { estimateWords, planWords, resultWords } from '../sweeps/sweep-words.js';
import { trainingProgram } from '../sweeps/training-program.js';
import { writeWorkers } from '../sweeps/workers-file.js';
import type { Terminal } from '../terminal.js';
import { codesOfLongWork, exitCodes, type Command } from './command.js';
import { dataFolder } from './train.js';
import { shown } from './training-run.js';

export const sweep: Command = {
  name: 'sweep',
  positionals: [
    {
      name: 'definition',
      description:
        'a JSON file that says what to vary, or the folder of a sweep to go on with (default: what flags say)',
    },
  ],
  flags: [
    { name: 'preset', value: 'ids', complete: presetNames, description: 'presets, separated by commas' },
    {
      name: 'methods',
      short: 'm',
      value: 'ids',
      description: "methods, separated by commas (default: the preset's)",
    },
    {
      name: 'seeds',
      value: 'seeds',
      description: 'how many, from 1 on, or which: 8, 1-8, 3,5,9 (default 3)',
    },
    {
      name: 'steps',
      short: 'n',
      value: 'n',
      description: "training steps of every run (default: the preset's)",
    },
    { name: 'seconds', value: 'n', description: 'seconds of training of every run, in place of its steps' },
    {
      name: 'set',
      short: 'S',
      complete: settingKeys,
      value: 'key=values',
      repeatable: true,
      description: 'change an option: key=value, key=value,value or key=from..to:count[:log]',
    },
    { name: 'metrics', value: 'ids', description: 'columns and curves, separated by commas (default: all)' },
    {
      name: 'reference',
      value: 'row',
      description: 'the row that others are compared with (default: the first)',
    },
    {
      name: 'keep',
      value: 'what',
      choices: sweepSchema.entries.keep.wrapped.options,
      description: 'what stays of a finished run (default all)',
    },
    {
      name: 'jobs',
      short: 'J',
      value: 'n',
      description: 'runs at a time (default: cores); 0 only collects what was trained elsewhere',
    },
    {
      name: 'out',
      short: 'o',
      value: 'folder',
      description: 'folder of the sweep (default sweeps/<preset or file>)',
    },
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
    {
      name: 'queue',
      value: 'address',
      description:
        'let workers of this Redis or Valkey train (see dist-gan worker; default: here, or DIST_GAN_QUEUE)',
    },
    {
      name: 'storage',
      value: 's3://bucket/prefix',
      description:
        'let those workers, or the tasks of --print, find and leave runs there, for they do not see the folder of the sweep; with --jobs 0: collect them',
    },
    {
      name: 'print',
      value: 'cluster',
      choices: clusters,
      description:
        'print a job with which a cluster trains what is missing, and end (see dist-gan array-task)',
    },
    { name: 'plan', description: 'say what would be trained, and what it takes, and end' },
    { name: 'no-probe', description: 'begin without training five steps of each row for an estimate' },
    { name: 'retry', description: 'try runs again that have failed' },
    { name: 'json', short: 'j', description: 'print JSON lines in place of words and tables' },
    { name: 'executor', value: 'executor', choices: executorIds, description: 'as of dist-gan train' },
    { name: 'target', value: 'target', choices: targetNames, description: 'as of dist-gan train' },
    {
      name: 'device',
      value: 'device',
      choices: deviceNames.filter((name) => name !== 'auto'),
      description: 'as of dist-gan train, but for auto, which each run would settle for itself',
    },
    { name: 'threads', value: 'n', description: 'threads of each run (default 1)' },
    { name: 'backend', value: 'backend', choices: backendNames, description: 'as of dist-gan train' },
  ],
  details: [
    'Trains every combination of presets, methods, values and seeds, each as a run of its own in the folder, which dist-gan watch, show,\n' +
      'compare and sample read. Then, and whenever a run ends, it writes tables (results.md, .csv, .tex, .json) and figures (.svg, .png).',
    'The same command goes on where it was stopped; with more seeds, methods or values it trains what is missing. A setting that changed is\n' +
      'another run. A run that fails is tried once more, then it is a result; where the machine lacks room, memory or a right the sweep stops,\n' +
      'and no run has failed. {seed} in a value of --set is the seed of the run.',
    'A method has the settings of the preset <preset>-<method> where there is one, else its own defaults.',
    `Exit codes: 0 done, 2 bad input, ${codesOfLongWork}.`,
  ],
  examples: [
    'dist-gan sweep --preset gaussian-grid --methods gan,wgan-gp,dist-gan --seeds 8 --steps 12000 --jobs 2',
    "dist-gan sweep --preset gaussian-grid --set method.gradientPenaltyWeight=0.01..1:3:log --set 'dataset.seed={seed}'",
    'dist-gan sweep sweeps/gaussian-grid --seeds 16',
    'dist-gan sweep sweeps/gaussian-grid --seeds 64 --print slurm > grid.slurm',
  ],
  run: sweepRuns,
};

/** A sweep that a command is at work on. */
interface Sweep {
  readonly given: ParsedArguments;
  readonly terminal: Terminal;
  readonly folder: SweepFolder;
  readonly definition: SweepDefinition;
  readonly plan: SweepPlan;
  /** Runs at a time. */
  readonly jobs: number;
  readonly dataFolder: string | undefined;
  readonly program: TrainingProgram;
  /** Ends when the command is to end. */
  readonly signal: AbortSignal;
  /** Prints words, or with `--json` an event. */
  readonly say: (text: string, event: object) => void;
}

async function sweepRuns(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const { workingDirectory, stdout } = terminal;
  const { definition: asked, folder: path } = readSweep(given, workingDirectory);
  const jobs = given.wholeNumber('jobs', 0) ?? availableParallelism();
  const json = given.has('json');
  const data = given.has('data') ? dataFolder(given.text('data')!, terminal) : undefined;
  const environment = { ...(data !== undefined && { dataFolder: data }), workingDirectory, latestData: {} };
  const engine = await settleEngine(asked.engine, () => trainsConvolutions(asked, environment));
  const definition = { ...asked, engine };
  const plan = await planSweep(definition, { resolve: setUps(environment), ...engineIdentity(engine) });
  checkStorage(given, terminal, jobs);
  const folder = SweepFolder.open(path);
  const sweep = {
    given,
    terminal,
    folder,
    definition,
    plan,
    jobs,
    dataFolder: data,
    program: trainingProgram({ engine, dataFolder: data, workingDirectory }),
    say: (text: string, event: object) => stdout.write(json ? `${toJson(event)}\n` : text),
  };
  try {
    if (given.has('retry') && !given.has('plan')) retryFailed(path, plan);
    return await workUntilEnding(terminal, (signal) => goOn({ ...sweep, signal }), {
      onEnding: () =>
        terminal.stderr.write(
          'stopping the runs at work after their steps at hand; the same command goes on\n',
        ),
    });
  } finally {
    folder.close();
  }
}

/** Says what is to do, and does as much of it as flags ask for. */
async function goOn(sweep: Sweep): Promise<number> {
  const { given, terminal, folder, plan, jobs, say } = sweep;
  const onlyPlan = given.has('plan');
  const storage = onlyPlan ? undefined : await openStorage(given, terminal);
  if (storage !== undefined && jobs === 0) await collectRuns(sweep, storage);
  const kept = findRuns(folder.path, plan, folder.store);
  const found = onlyPlan && given.has('retry') ? asIfRetried(kept) : kept;
  const missing = missingRuns(found);
  const words = `${shown(folder.path, terminal)}: ${planWords(plan, found)}\n`;
  const cluster = given.text('print') as Cluster | undefined;
  if (cluster !== undefined) {
    terminal.stderr.write(words);
    await printMissing(sweep, cluster, missing, storage);
    return exitCodes.success;
  }
  say(words, { event: 'plan', folder: folder.path, runs: plan.runs.length, missing: missing.length });
  if (missing.length > 0 && jobs > 0 && !given.has('no-probe')) await sayEstimate(sweep, missing);
  if (onlyPlan) return exitCodes.success;
  folder.writePlan(plan);
  await trainMissing(sweep, missing, storage);
  return exitCodes.success;
}

function checkStorage(given: ParsedArguments, terminal: Terminal, jobs: number): void {
  if (!given.has('storage') || given.has('print') || jobs === 0) return;
  if (queueAddress(given, terminal) !== undefined) return;
  throw new OptionError(
    '--storage is for runs that are trained elsewhere: name a queue with --queue, make a job with --print, or collect with --jobs 0',
    '--storage',
    given.text('storage'),
  );
}

/** Brings runs here that a storage has. */
async function collectRuns({ folder, plan, signal, say }: Sweep, storage: ObjectStorage): Promise<void> {
  const missing = missingRuns(findRuns(folder.path, plan, folder.store));
  await runPool(missing, collectedAtOnce, signal, async (run) => {
    const reason = await storage.collect(run, folder.path);
    if (reason !== undefined) say(`${reason}\n`, { event: 'stays', run: run.name, reason });
  });
}

/** Prints a job with which a cluster trains what is missing. */
async function printMissing(
  { given, terminal, folder, definition, plan, jobs, dataFolder: data }: Sweep,
  cluster: Cluster,
  missing: readonly PlannedRun[],
  storage: ObjectStorage | undefined,
): Promise<void> {
  folder.writePlan(plan);
  if (given.has('retry')) for (const run of missing) await storage?.forgetFailures(run);
  const atOnce = given.has('jobs') ? Math.max(1, jobs) : undefined;
  const where = {
    folder: folder.path,
    storage,
    dataFolder: data,
    workingDirectory: terminal.workingDirectory,
  };
  terminal.stdout.write(await printJob(cluster, { ...where, missing, definition, atOnce }));
}

async function sayEstimate(
  { folder, definition, jobs, program, signal, say }: Sweep,
  missing: readonly PlannedRun[],
): Promise<void> {
  const { path, store } = folder;
  const estimate = await estimateSweep(missing, {
    folder: path,
    store,
    program,
    jobs,
    keep: definition.keep,
    signal,
  });
  const { unknown, ...numbers } = estimate;
  say(estimateWords(estimate, jobs), {
    event: 'estimate',
    ...numbers,
    unknown: unknown.map(({ label }) => label),
  });
}

/** Trains what is missing, here or through a queue, and shows the results. */
async function trainMissing(
  { given, terminal, folder, definition, plan, jobs, program, signal, say }: Sweep,
  missing: readonly PlannedRun[],
  storage: ObjectStorage | undefined,
): Promise<void> {
  const { path, store } = folder;
  const json = given.has('json');
  const progress = sweepProgress({
    output: terminal.stdout,
    json,
    total: plan.runs.length,
    over: plan.runs.length - missing.length,
    collapsedBelow: definition.collapsedBelow,
  });
  const results = new SweepResults(folder, plan);
  const queue = jobs === 0 ? undefined : await openQueue(given, terminal);
  const { keep, metrics } = definition;
  const there = storage && { objects: storage, keep, retry: given.has('retry') };
  const tellWorkers = () => writeWorkers(folder, queue?.workers);
  // Whatever ends the sweep: a queue that is open keeps the process waiting.
  try {
    tellWorkers();
    await runSweep({
      folder: path,
      plan,
      store,
      execute: queue?.execute(path, there) ?? trainHere(path, program),
      jobs: queue === undefined ? jobs : plan.runs.length,
      signal,
      events: {
        ...progress,
        onLine(run, line) {
          progress.onLine?.(run, line);
          if (line.event === 'begin') tellWorkers();
        },
        onEnd(run, stored) {
          progress.onEnd?.(run, stored);
          tellWorkers();
          results.refresh();
        },
      },
    });
  } finally {
    await queue?.close();
  }
  sayShares(queue?.workers ?? [], say);
  tellWorkers();
  const summary = await results.finish();
  const left = missingRuns(findRuns(path, plan, store)).length;
  const where = shown(path, terminal);
  say(json ? '' : resultWords(summary, { where, metrics, left }), {
    event: 'result',
    folder: path,
    unfinished: left,
  });
}

/** What each worker trained. */
function sayShares(shares: readonly WorkerShare[], say: Sweep['say']): void {
  for (const share of shares) {
    const { worker, runs, until, runsAnHour } = share;
    say(`${worker}: ${shareOf(share)}\n`, {
      event: 'worker',
      worker,
      runs,
      seconds: until / 1000,
      ...(runsAnHour !== undefined && { runsAnHour }),
    });
  }
}

/** What there would be to train with --retry; nothing is forgotten. */
function asIfRetried(found: FoundRuns): FoundRuns {
  return new Map(
    [...found].map(([run, stored]) =>
      stored?.outcome.state === 'failed'
        ? [run, { ...stored, outcome: { ...stored.outcome, state: 'unfinished' } }]
        : [run, stored],
    ),
  );
}

/** Runs that are collected from a storage at a time. */
const collectedAtOnce = 16;
