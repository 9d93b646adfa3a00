import { availableParallelism } from 'node:os';
import { deviceNames, OptionError, targetNames, toJson } from '@dist-gan/core';
import {
  estimateSweep,
  explanations,
  findRuns,
  missingRuns,
  planSweep,
  retryFailed,
  runPool,
  runSweep,
  summarise,
  SweepFolder,
  textTable,
  trainHere,
  type CellLines,
  type FoundRuns,
  type SweepDefinition,
  type SweepEstimate,
  type SweepPlan,
  type SweepSummary,
  type TextTable,
} from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';
import { presetNames, settingKeys } from '../completion/values.js';
import { backendNames } from '../engine/index.js';
import { workUntilEnding } from '../ending/index.js';
import { count, duration, table } from '../progress/index.js';
import { engineIdentity, settleEngine } from '../sweeps/engine.js';
import { drawFigure } from '../sweeps/figure.js';
import { readSweep } from '../sweeps/read-definition.js';
import { clusters, printJob, type Cluster } from '../sweeps/print-job.js';
import { publishedOf } from '../sweeps/published.js';
import { openQueue, openStorage, queueAddress } from '../sweeps/queue.js';
import { shareOf } from '../sweeps/run-words.js';
import { setUps, trainsConvolutions } from '../sweeps/set-up.js';
import { sweepProgress } from '../sweeps/sweep-progress.js';
import { trainingProgram } from '../sweeps/training-program.js';
import { writeWorkers } from '../sweeps/workers-file.js';
import type { Terminal } from '../terminal.js';
import { otherCodes, exitCodes, type Command } from './command.js';
import { dataFolder } from './train.js';
import { executors } from './training-engine.js';
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
      choices: ['all', 'generators', 'numbers'],
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
    { name: 'executor', value: 'executor', choices: executors, description: 'as of dist-gan train' },
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
      'another run. A run that fails is tried once more, then it is a result; where the\n' +
      'machine lacks room, memory or a right the sweep stops, and no run has failed. {seed} in a value of --set is the seed of the run.',
    'A method has the settings of the preset <preset>-<method> where there is one, else its own defaults.',
    `Exit codes: 0 done, 2 bad input, ${otherCodes}.`,
  ],
  examples: [
    'dist-gan sweep --preset gaussian-grid --methods gan,wgan-gp,dist-gan --seeds 8 --steps 12000 --jobs 2',
    "dist-gan sweep --preset gaussian-grid --set method.gradientPenaltyWeight=0.01..1:3:log --set 'dataset.seed={seed}'",
    'dist-gan sweep sweeps/gaussian-grid --seeds 16',
    'dist-gan sweep sweeps/gaussian-grid --seeds 64 --print slurm > grid.slurm',
  ],
  run: sweepRuns,
};

async function sweepRuns(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const { workingDirectory, stdout } = terminal;
  const { definition: asked, folder: path } = readSweep(given, workingDirectory);
  const jobs = given.wholeNumber('jobs', 0) ?? availableParallelism();
  const cluster = given.text('print') as Cluster | undefined;
  const json = given.has('json');
  const data = given.has('data') ? dataFolder(given.text('data')!, terminal) : undefined;
  const environment = { ...(data !== undefined && { dataFolder: data }), workingDirectory, latestData: {} };
  const engine = await settleEngine(asked.engine, () => trainsConvolutions(asked, environment));
  const definition = { ...asked, engine };
  const plan = await planSweep(definition, {
    resolve: setUps(environment),
    ...engineIdentity(engine),
  });
  if (
    given.has('storage') &&
    cluster === undefined &&
    jobs > 0 &&
    queueAddress(given, terminal) === undefined
  ) {
    throw new OptionError(
      '--storage is for runs that are trained elsewhere: name a queue with --queue, make a job with --print, or collect with --jobs 0',
      '--storage',
      given.text('storage'),
    );
  }
  const folder = SweepFolder.open(path);
  try {
    if (given.has('retry') && !given.has('plan')) retryFailed(path, plan);
    const program = trainingProgram({ engine, dataFolder: data, workingDirectory });
    const say = (text: string, event: object) => stdout.write(json ? `${toJson(event)}\n` : text);
    return await workUntilEnding(
      terminal,
      async (signal) => {
        const storage = given.has('plan') ? undefined : await openStorage(given, terminal);
        const find = () => findRuns(path, plan, folder.store);
        if (storage !== undefined && jobs === 0)
          await runPool(missingRuns(find()), collectedAtOnce, signal, async (run) => {
            const reason = await storage.collect(run, path);
            if (reason !== undefined) say(`${reason}\n`, { event: 'stays', run: run.name, reason });
          });
        const found = given.has('retry') && given.has('plan') ? asIfRetried(find()) : find();
        const missing = missingRuns(found);
        const sayWhere = `${shown(path, terminal)}: ${planWords(plan, found)}\n`;
        if (cluster !== undefined) {
          terminal.stderr.write(sayWhere);
          folder.writePlan(plan);
          if (given.has('retry')) for (const run of missing) await storage?.forgetFailures(run);
          const atOnce = given.has('jobs') ? Math.max(1, jobs) : undefined;
          const where = { folder: path, storage, dataFolder: data, workingDirectory };
          stdout.write(await printJob(cluster, { ...where, missing, definition, atOnce }));
          return exitCodes.success;
        }
        say(sayWhere, { event: 'plan', folder: path, runs: plan.runs.length, missing: missing.length });
        if (missing.length > 0 && jobs > 0 && !given.has('no-probe')) {
          const estimate = await estimateSweep(missing, {
            folder: path,
            store: folder.store,
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
        if (given.has('plan')) return exitCodes.success;
        folder.writePlan(plan);
        const progress = sweepProgress({
          output: stdout,
          json,
          total: plan.runs.length,
          over: plan.runs.length - missing.length,
          collapsedBelow: definition.collapsedBelow,
        });
        let figures = Promise.resolve();
        const writing = throttled(() => {
          writeResults(folder, plan);
          figures = figures.then(() => writeFigures(folder, plan));
          // Whoever waits for them is told.
          figures.catch(() => undefined);
        });
        const queue = jobs === 0 ? undefined : await openQueue(given, terminal);
        const { keep } = definition;
        const there = storage && { objects: storage, keep, retry: given.has('retry') };
        const tellWorkers = () => writeWorkers(folder, queue?.workers);
        // Whatever ends the sweep: a queue that is open keeps the process waiting.
        try {
          tellWorkers();
          await runSweep({
            folder: path,
            plan,
            store: folder.store,
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
                writing();
              },
            },
          });
        } finally {
          await queue?.close();
        }
        for (const share of queue?.workers ?? []) {
          const { worker, runs, until, runsAnHour } = share;
          say(`${worker}: ${shareOf(share)}\n`, {
            event: 'worker',
            worker,
            runs,
            seconds: until / 1000,
            ...(runsAnHour !== undefined && { runsAnHour }),
          });
        }
        tellWorkers();
        await figures;
        await writeFigures(folder, plan);
        const summary = writeResults(folder, plan);
        const left = missingRuns(findRuns(path, plan, folder.store)).length;
        if (json) say('', { event: 'result', folder: path, unfinished: left });
        else {
          for (const group of summary.groups) {
            const shownTable = textTable(group);
            stdout.write(`\n${shownTable.preset}\n\n${stacked(shownTable)}\n`);
          }
          stdout.write(
            `\n${explanations(summary).join('\n')}\n\ntables  ${shown(path, terminal)}/results.md, .csv, .tex, .json\n`,
          );
          stdout.write(toDo(summary, definition.metrics, left).join(''));
        }
        return exitCodes.success;
      },
      {
        onEnding: () =>
          terminal.stderr.write(
            'stopping the runs at work after their steps at hand; the same command goes on\n',
          ),
      },
    );
  } finally {
    folder.close();
  }
}

/** A row of a table is a block: a metric a line, with its mean and interval, and those of its difference; the files have the rest. */
function stacked({ heading, rows, differences }: TextTable): string {
  const fixed = 4;
  const brief = (cell: CellLines | undefined) => (cell ?? []).slice(0, 2).join(' ');
  const lines = rows.flatMap((row) => {
    const [[label]] = row;
    const difference = differences?.rows.find(([[compared]]) => compared === label);
    const counts = row.slice(0, fixed).map(brief);
    const metrics = heading
      .slice(fixed)
      .map((metric, i) => [
        ...(i === 0 ? counts : new Array<string>(fixed).fill('')),
        metric,
        brief(row[fixed + i]),
        ...(differences === undefined ? [] : [brief(difference?.[1 + i])]),
      ]);
    // A row of which nothing was measured has counts all the same.
    return metrics.length > 0 ? metrics : [[...counts, '', '']];
  });
  return table([
    [
      ...heading.slice(0, fixed),
      'metric',
      'mean ± deviation [interval]',
      ...(differences === undefined ? [] : [differences.heading[0]]),
    ],
    ...lines,
  ]);
}

/** What a person may want to do about a sweep, a line each. @param left runs that are not over */
function toDo({ groups }: SweepSummary, metrics: SweepDefinition['metrics'] = [], left: number): string[] {
  const rows = groups.flatMap((group) => group.rows);
  const failed = rows.reduce((sum, { counts }) => sum + counts.failed, 0);
  const numbers = rows.flatMap(({ runs }) =>
    runs.flatMap(({ evaluations }) => evaluations.at(-1)?.numbers ?? []),
  );
  const measured = [...new Set(numbers.map(({ metric }) => metric))];
  const unmeasured = metrics.filter((metric) => !measured.includes(metric));
  return [
    ...(left > 0
      ? [`${left} ${left === 1 ? 'run is' : 'runs are'} not over; the same command goes on\n`]
      : []),
    ...(failed > 0
      ? [
          `${failed} ${failed === 1 ? 'run has' : 'runs have'} failed, for reasons that results.md has; --retry tries them again\n`,
        ]
      : []),
    ...(unmeasured.length > 0 && measured.length > 0
      ? [`no run has measured ${unmeasured.join(', ')}; measured are ${measured.join(', ')}\n`]
      : []),
  ];
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

function planWords({ settings, seeds, runs }: SweepPlan, found: FoundRuns): string {
  const states = [...found.values()].map((stored) => stored?.outcome.state);
  const failed = states.filter((state) => state === 'failed').length;
  const over = states.filter((state) => state === 'done' || state === 'collapsed').length;
  const begun = states.filter((state) => state === 'unfinished').length;
  const parts = [
    `${count(runs.length)} runs (${settings.length} ${settings.length === 1 ? 'row' : 'rows'} x ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'})`,
    `${over} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(begun > 0 ? [`${begun} begun`] : []),
    `${runs.length - over - failed} to train`,
  ];
  return parts.join(', ');
}

function estimateWords(
  { workSeconds, seconds, bytes, probed, unknown }: SweepEstimate,
  jobs: number,
): string {
  const parts =
    probed === 0
      ? []
      : [
          `by five steps of each row: about ${duration(seconds)} with ${jobs} at a time (${duration(workSeconds)} of work), ` +
            `${count(Math.max(1, bytes / 1e6))} MB on disk`,
        ];
  const without =
    unknown.length === 0
      ? []
      : [`how long it takes is not known of ${unknown.map(({ label }) => label).join(', ')}`];
  return [...parts, ...without].map((line) => `${line}\n`).join('');
}

function writeResults(folder: SweepFolder, plan: SweepPlan) {
  const summary = summarise(plan, findRuns(folder.path, plan, folder.store), publishedOf);
  folder.writeResults(summary);
  return summary;
}

async function writeFigures(folder: SweepFolder, plan: SweepPlan): Promise<void> {
  const { groups } = summarise(plan, findRuns(folder.path, plan, folder.store), publishedOf);
  for (const group of groups) {
    const figure = await drawFigure(group);
    if (figure === undefined) continue;
    folder.write(`figure-${group.preset}.svg`, figure.svg);
    folder.write(`figure-${group.preset}.png`, figure.png);
  }
}

/** Runs that are collected from a storage at a time. */
const collectedAtOnce = 16;

/** Milliseconds between two writings of the tables while runs end one after the other. */
const writeEvery = 60_000;
/** Where tables take long, because there are many rows, they are written so seldom that this share of the time is theirs. */
const writeShare = 0.05;

function throttled(work: () => unknown): () => void {
  let next = performance.now() + writeEvery;
  return () => {
    const begun = performance.now();
    if (begun < next) return;
    work();
    const now = performance.now();
    next = now + Math.max(writeEvery, (now - begun) / writeShare);
  };
}
