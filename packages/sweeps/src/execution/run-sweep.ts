import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@dist-gan/core';
import type { PlannedRun, SweepPlan } from '../plan/plan.js';
import type { Outcome } from '../results/outcome.js';
import { readStoredRun } from '../results/read-results.js';
import type { StoredRun, SweepStore } from '../store/sweep-store.js';
import { runPool } from './pool.js';
import { assertSameRun } from './train-run.js';
import { tries, type Execute, type RunHooks } from './try-run.js';

export interface SweepEvents extends Omit<RunHooks, 'onTried'> {
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
 * Looks for the runs of a plan: in the index, and in the folders of those that it does not know to be over, which are brought
 * into it.
 *
 * @throws OutputError when a folder holds another run than its name says
 */
export function findRuns(folder: string, { runs }: SweepPlan, store: SweepStore): FoundRuns {
  return new Map(runs.map((run) => [run, findRun(folder, run, store)]));
}

function findRun(folder: string, run: PlannedRun, store: SweepStore): StoredRun | undefined {
  const known = store.get(run.identity);
  const isThere = existsSync(join(folder, run.name, 'run.json'));
  // Whoever takes a run's folder away wants it made again; what failed before it had one has none.
  if (isOver(known) && (isThere || known?.outcome.state === 'failed')) return known;
  if (!isThere) return undefined;
  const stored = readFolder(folder, run);
  const tried = store.failures(run.identity).length;
  // Where nothing is known of tries, the index was made again: what failed was tried before.
  const again = stored.outcome.state === 'failed' && tried < tries && (tried > 0 || known !== undefined);
  const found: StoredRun = again
    ? { ...stored, outcome: { ...stored.outcome, state: 'unfinished' } }
    : stored;
  store.put(found);
  return found;
}

/** Whether a run has an end: nothing is left to do. */
export function isOver(stored: StoredRun | undefined): boolean {
  return stored !== undefined && stored.outcome.state !== 'unfinished';
}

/** Lets runs be tried again that have failed. */
export function retryFailed({ runs }: SweepPlan, store: SweepStore): void {
  for (const { identity } of runs) {
    const stored = store.get(identity);
    if (stored?.outcome.state !== 'failed') continue;
    store.forgetAttempts(identity);
    store.put({ ...stored, outcome: { state: 'unfinished', step: 0, seconds: 0 } });
  }
}

/** In the order of the plan. */
export function missingRuns(found: FoundRuns): PlannedRun[] {
  return [...found].filter(([, stored]) => !isOver(stored)).map(([run]) => run);
}

/**
 * Trains what is missing. A run that an error ends is tried once more, with its seed, from its newest checkpoint; then it is a
 * result, with its reason. A collapsed one is a result at once: the same seed gives the same numbers.
 *
 * @throws OutputError when a folder holds another run than its name says, or cannot be written
 */
export async function runSweep(options: RunSweepOptions): Promise<void> {
  const { folder, plan, store, jobs, signal } = options;
  makeFolder(join(folder, 'jobs'));
  await runPool(missingRuns(findRuns(folder, plan, store)), jobs, signal, (run) =>
    trainToItsEnd(run, options),
  );
}

async function trainToItsEnd(run: PlannedRun, options: RunSweepOptions): Promise<void> {
  const { folder, plan, store, execute, signal, events } = options;
  const { identity } = run;
  let failure: string | undefined;
  await execute(run, {
    signal,
    triesLeft: tries - store.failures(identity).length,
    hooks: {
      ...events,
      onTried: (_, { started, ended, failure: reason }) => {
        failure = reason;
        store.addAttempt({ identity, started, ended, failure: reason ?? null });
      },
    },
  });
  const isFinal = failure !== undefined && store.failures(identity).length >= tries;
  const stored = withFailure(readFolder(folder, run), isFinal ? failure : undefined);
  store.put(stored);
  if (isOver(stored)) {
    clearUp(join(folder, run.name), stored.outcome, plan.definition.keep);
    rmSync(join(folder, 'jobs', `${run.name}.json`), { force: true });
  }
  events?.onEnd?.(run, stored);
}

/** @throws OutputError when it holds another run than its name says */
function readFolder(folder: string, run: PlannedRun): StoredRun {
  const path = join(folder, run.name);
  if (existsSync(join(path, 'run.json'))) {
    const { stored, content } = readStoredRun(run, path);
    assertSameRun(run, content);
    return stored;
  }
  const { identity, name, spec } = run;
  return { identity, name, spec, outcome: { state: 'unfinished', step: 0, seconds: 0 }, evaluations: [] };
}

function withFailure(stored: StoredRun, failure: string | undefined): StoredRun {
  if (failure === undefined) return stored;
  return { ...stored, outcome: { ...stored.outcome, state: 'failed', reason: failure } };
}

const pictures = ['samples', 'reconstructions', 'interpolation', 'latent-labels'];

/** Takes away what the sweep was told not to keep. What failed keeps all, for whoever looks for the reason. */
function clearUp(path: string, { state }: Outcome, keep: SweepPlan['definition']['keep']): void {
  if (keep === 'all' || state === 'failed') return;
  const parts = keep === 'numbers' ? ['checkpoints', 'generator', ...pictures] : ['checkpoints'];
  for (const part of parts) rmSync(join(path, part), { recursive: true, force: true });
}
