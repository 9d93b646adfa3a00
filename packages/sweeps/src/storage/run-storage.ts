import type { PlannedRun } from '../plan/plan.js';

/** Where the runs of a sweep are while nobody trains them, and where whoever trains one finds what others have left. */
export interface RunStorage {
  /**
   * Gives a run to this process, as it was left last: whoever had it before and was not heard of keeps nothing of it any more.
   *
   * @throws GanError where this machine has no access
   */
  take(run: PlannedRun): Promise<TakenRun>;
}

/** A run that was taken. */
export interface TakenRun {
  /** The folder of the sweep, or what stands for it on this machine: that of the run is in it. */
  readonly folder: string;
  /**
   * Lets others go on from the newest checkpoint, where it is newer than what was kept before.
   *
   * @throws RunTakenError where another has the run by now, StorageError when it could not be kept
   */
  keepCheckpoint(): Promise<void>;
  /** Lets others have all that is there. Nothing writes there any more. Throws as `keepCheckpoint`. */
  keepAll(): Promise<void>;
  /** Leaves nothing behind on this machine that is not to be there. */
  leave(): void;
}

/** Another has taken the run: what this one would keep is not wanted any more. */
export class RunTakenError extends Error {}
