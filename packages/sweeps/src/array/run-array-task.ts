import { join } from 'node:path';
import { freeRun } from '@dist-gan/runs';
import { isOver, readRunFolder, settleRun, type SweepEvents } from '../execution/run-sweep.js';
import type { TrainingProgram } from '../execution/train-run.js';
import { trainHere } from '../execution/try-run.js';
import type { PlannedRun } from '../plan/plan.js';
import { folderOfList, readRunList, runsOfTask } from './run-list.js';

export interface ArrayTaskOptions {
  /** The list that `writeRunList` has written, in the folder of the sweep as this machine names it. */
  readonly list: string;
  /** Of the task, from 0. */
  readonly index: number;
  /** @throws GanError where this machine cannot train a run as it was planned */
  readonly programOf: (run: PlannedRun) => TrainingProgram;
  /** Whether the scheduler began this task once more because its machine had gone: what that one left locked is free. */
  readonly isRestarted?: boolean;
  readonly signal: AbortSignal;
  readonly events?: SweepEvents;
}

/**
 * Brings the runs of one task of an array job to their ends, one after the other, each with its two tries; those that are over are left
 * alone. What came of them is in their folders: the index is left to the one who collects it.
 *
 * @throws OptionError when there is no such task, OutputError when another process writes one of its runs
 */
export async function runArrayTask(options: ArrayTaskOptions): Promise<void> {
  const { list: file, index, programOf, isRestarted = false, signal, events = {} } = options;
  const list = readRunList(file);
  const folder = folderOfList(file);
  for (const run of runsOfTask(list, index)) {
    if (signal.aborted) return;
    if (!isOver(readRunFolder(folder, run))) {
      if (isRestarted) freeRun(join(folder, run.name));
      await trainHere(folder, programOf(run))(run, { signal, hooks: events });
    }
    events.onEnd?.(run, settleRun(folder, run, list.keep));
  }
}
