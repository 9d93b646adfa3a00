import { isOver, readRunFolder, settleRun, type SweepEvents } from '../execution/run-sweep.js';
import { trainTakenRun } from '../execution/train-taken-run.js';
import type { TrainingProgram } from '../execution/train-run.js';
import type { PlannedRun } from '../plan/plan.js';
import type { RunStorage } from '../storage/run-storage.js';
import { runsOfTask, type RunList } from './run-list.js';

export interface ArrayTaskOptions {
  readonly list: RunList;
  /** Where the runs of the list are: the folder of the sweep, or what stands for it. */
  readonly storage: RunStorage;
  /** Of the task, from 0. */
  readonly index: number;
  /** @throws GanError where this machine cannot train a run as it was planned */
  readonly programOf: (run: PlannedRun) => TrainingProgram;
  readonly signal: AbortSignal;
  readonly events?: SweepEvents;
}

/**
 * Brings the runs of one task of an array job to their ends, one after the other, each with its two tries; those that are over are left
 * alone. What came of them is in the storage: the index is left to the one who collects it.
 *
 * @throws OptionError when there is no such task, OutputError when another process writes one of its runs, and what a storage throws
 */
export async function runArrayTask(options: ArrayTaskOptions): Promise<void> {
  const { list, storage, index, programOf, signal, events = {} } = options;
  const { keep } = list;
  for (const run of runsOfTask(list, index)) {
    if (signal.aborted) return;
    const place = await storage.take(run);
    try {
      if (!isOver(readRunFolder(place.folder, run)))
        await trainTakenRun(place, run, programOf(run), { stop: signal, hooks: events, keep });
      events.onEnd?.(run, settleRun(place.folder, run, keep));
    } finally {
      place.leave();
    }
  }
}
