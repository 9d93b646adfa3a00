import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { machineRemedy } from '@dist-gan/core';
import { readRun } from '@dist-gan/runs';
import type { PlannedRun, SweepPlan } from '../plan/plan.js';
import { hasResult, type Outcome } from '../results/outcome.js';
import { readStoredRun } from '../results/read-results.js';
import type { StoredRun, SweepStore } from '../store/sweep-store.js';
import { forgetFailures, readFailures } from './failures.js';
import { runPool } from './pool.js';
import { assertSameRun } from './train-run.js';
import { tries, type Execute, type RunHooks } from './try-run.js';

export interface SweepEvents extends RunHooks {
  /** A run has come to an end, or was asked to stop. */
  readonly onEnd?: (run: PlannedRun, stored: StoredRun) => void;
}

export interface RunSweepOptions {
  /** Of the sweep; this process holds its lock. */
  readonly folder: string;
  readonly plan: SweepPlan;
  readonly store: SweepStore;
  /** What brings a run to its end: here, or elsewhere. */
  readonly execute: Execute;
  /** Runs at a time. */
  readonly jobs: number;
  /** No further run begins, and those that train are asked to stop. */
  readonly signal: AbortSignal;
  readonly events?: SweepEvents;
}

/** What is known of each planned run; undefined of one that was never begun. */
export type FoundRuns = ReadonlyMap<PlannedRun, StoredRun | undefined>;

/**
 * Looks for the runs of a plan: in the index, and in the folders of those that it does not know to have a result, which are brought
 * into it.
 *
 * @throws OutputError when a folder holds another run than its name says
 */
export function findRuns(folder: string, { runs }: SweepPlan, store: SweepStore): FoundRuns {
  const known = store.all();
  const found = new Map(runs.map((run) => [run, findRun(folder, run, known.get(run.identity))]));
  const news = [...found.values()].filter((stored): stored is StoredRun => stored !== undefined);
  store.putAll(news.filter((stored) => stored !== known.get(stored.identity)));
  return found;
}

function findRun(folder: string, run: PlannedRun, known: StoredRun | undefined): StoredRun | undefined {
  const isThere = existsSync(join(folder, run.name, 'run.json'));
  // Whoever takes a run's folder away wants it made again; what failed may have been gone on with since.
  if (isThere && known !== undefined && hasResult(known.outcome)) return known;
  const found = readRunFolder(folder, run);
  return isThere || isOver(found) ? found : undefined;
}

/** Whether a run has an end: nothing is left to do. */
export function isOver(stored: StoredRun | undefined): boolean {
  return stored !== undefined && stored.outcome.state !== 'unfinished';
}

/** Lets runs be tried again that have failed. */
export function retryFailed(folder: string, { runs }: SweepPlan): void {
  for (const run of runs) forgetFailures(folder, run);
}

/** In the order of the plan. */
export function missingRuns(found: FoundRuns): PlannedRun[] {
  return [...found].filter(([, stored]) => !isOver(stored)).map(([run]) => run);
}

/**
 * Trains what is missing. A run that an error ends is tried once more, with its seed, from its newest checkpoint; then it is a
 * result, with its reason. A collapsed one is a result at once: the same seed gives the same numbers.
 *
 * @throws OutputError when a folder holds another run than its name says, or cannot be written; MachineError when the machine lacks
 * something, by which every run is stopped and none fails
 */
export async function runSweep(options: RunSweepOptions): Promise<void> {
  const { folder, plan, store, jobs } = options;
  const fault = new AbortController();
  const signal = AbortSignal.any([options.signal, fault.signal]);
  await runPool(missingRuns(findRuns(folder, plan, store)), jobs, signal, async (run) => {
    try {
      await trainToItsEnd(run, { ...options, signal });
    } catch (error) {
      // The others would meet it, too, and whoever can mend it is to hear of it now.
      if (machineRemedy(error) !== undefined) fault.abort();
      throw error;
    }
  });
}

async function trainToItsEnd(run: PlannedRun, options: RunSweepOptions): Promise<void> {
  const { folder, plan, store, execute, signal, events = {} } = options;
  await execute(run, { signal, hooks: events });
  const stored = settleRun(folder, run, plan.definition.keep);
  store.put(stored);
  events.onEnd?.(run, stored);
}

/**
 * What the folder of a run and its failures say of it.
 *
 * @throws OutputError when it holds another run than its name says
 */
export function readRunFolder(folder: string, run: PlannedRun): StoredRun {
  const stored = readRecordOf(folder, run);
  if (hasResult(stored.outcome)) return stored;
  const failures = readFailures(folder, run);
  const outcome: Outcome =
    failures.length < tries
      ? { ...stored.outcome, state: 'unfinished' }
      : { ...stored.outcome, state: 'failed', reason: failures.at(-1)!.reason };
  return { ...stored, outcome };
}

function readRecordOf(folder: string, run: PlannedRun): StoredRun {
  const path = join(folder, run.name);
  if (existsSync(join(path, 'run.json'))) {
    const { stored, content } = readStoredRun(run, path);
    assertSameRun(run, content);
    return stored;
  }
  const { identity, name, spec } = run;
  return { identity, name, spec, outcome: { state: 'unfinished', step: 0, seconds: 0 }, evaluations: [] };
}

/**
 * What became of a run that was trained; where that is over, what is not to be kept of it is taken away.
 *
 * @param folder of the sweep
 */
export function settleRun(folder: string, run: PlannedRun, keep: SweepPlan['definition']['keep']): StoredRun {
  const stored = readRunFolder(folder, run);
  if (isOver(stored)) clearUp(folder, run, stored.outcome, keep);
  return stored;
}

/** Takes away what is not to be kept of a run that is over. What failed keeps all, for whoever looks for the reason. */
function clearUp(
  folder: string,
  { name }: PlannedRun,
  { state }: Outcome,
  keep: SweepPlan['definition']['keep'],
): void {
  rmSync(join(folder, 'jobs', `${name}.json`), { force: true });
  if (keep === 'all' || state === 'failed') return;
  const run = join(folder, name);
  // A crashed run that has all but its result is known by its last checkpoint.
  if (readRun(run).state === 'crashed') return;
  // Numbers are in files; checkpoints, the generator and every kind of picture have a folder.
  const parts = keep === 'numbers' ? foldersIn(run) : ['checkpoints'];
  for (const part of parts) rmSync(join(run, part), { recursive: true, force: true });
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
