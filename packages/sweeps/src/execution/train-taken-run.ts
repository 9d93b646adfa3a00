import type { SweepDefinition } from '../definition/sweep-definition.js';
import type { PlannedRun } from '../plan/plan.js';
import { RunTakenError, type TakenRun } from '../storage/run-storage.js';
import { settleRun } from './run-sweep.js';
import type { TrainingProgram } from './train-run.js';
import { trainHere, type RunHooks } from './try-run.js';

/** Milliseconds between two looks whether a run has a new checkpoint to keep. */
const keepEvery = 1000;

export interface TrainTakenOptions {
  /** Asks the run to stop, with a checkpoint that is kept. */
  readonly stop: AbortSignal;
  /** Asks it to stop, and nothing of it is kept any more: it may be another's. */
  readonly lost?: AbortSignal;
  readonly hooks: RunHooks;
  /** What of it is kept when it is over. Default: all. */
  readonly keep?: SweepDefinition['keep'];
}

/**
 * Trains a run that was taken from a storage, as `trainHere` does, and has others go on from its newest checkpoint meanwhile.
 *
 * @returns why its last try went wrong; undefined where it has an end, or was asked to stop
 * @throws RunTakenError when another has it by now, StorageError when it could not be kept, and what `trainHere` throws
 */
export async function trainTakenRun(
  place: TakenRun,
  run: PlannedRun,
  program: TrainingProgram,
  { stop, lost, hooks, keep = 'all' }: TrainTakenOptions,
): Promise<string | undefined> {
  const taken = new AbortController();
  const gone = lost === undefined ? taken.signal : AbortSignal.any([lost, taken.signal]);
  const keeping = setInterval(() => {
    place.keepCheckpoint().catch((error: unknown) => {
      // What else is wrong may pass: there is a next time, and the end.
      if (error instanceof RunTakenError) taken.abort(error);
    });
  }, keepEvery);
  try {
    const signal = AbortSignal.any([stop, gone]);
    const failure = await trainHere(place.folder, program)(run, { signal, hooks });
    clearInterval(keeping);
    taken.signal.throwIfAborted();
    if (keep !== 'all') settleRun(place.folder, run, keep);
    if (!gone.aborted) await place.keepAll();
    return failure;
  } finally {
    clearInterval(keeping);
  }
}
