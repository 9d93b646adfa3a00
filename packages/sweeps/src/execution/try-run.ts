import type { PlannedRun } from '../plan/plan.js';
import { addFailure, readFailures } from './failures.js';
import { trainPlannedRun, type TrainingProgram } from './train-run.js';

/** Tries of a run that an error ends. */
export const tries = 2;

/** Who hears of a run while it is brought to its end. */
export interface RunHooks {
  readonly onBegin?: (run: PlannedRun) => void;
  /** A line of `--json` of a run. */
  readonly onLine?: (run: PlannedRun, line: Readonly<Record<string, unknown>>) => void;
  /** An error ended it; it is tried again. */
  readonly onRetry?: (run: PlannedRun, reason: string) => void;
}

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  readonly hooks: RunHooks;
}

/** Brings a run to its end, or as far as it gets before `signal` is aborted. What came of it is in its folder. */
export type Execute = (run: PlannedRun, options: ExecuteOptions) => Promise<unknown>;

/**
 * Trains runs in processes of this machine: each from where it is, and again where an error ends it, until it has an end or no try
 * is left.
 *
 * @param folder of the sweep
 * @returns what trains one run, and says why its last try went wrong; undefined where it has an end, or was asked to stop
 */
export function trainHere(
  folder: string,
  program: TrainingProgram,
): (run: PlannedRun, options: ExecuteOptions) => Promise<string | undefined> {
  return async (run, { signal, hooks }) => {
    const failures = readFailures(folder, run).map(({ reason }) => reason);
    while (failures.length < tries && !signal.aborted) {
      hooks.onBegin?.(run);
      const started = new Date().toISOString();
      const reason = await trainPlannedRun(folder, run, program, {
        signal,
        onLine: (line) => hooks.onLine?.(run, line),
      });
      // What goes wrong while it ends is no fault of the run: it goes on later.
      if (reason === undefined || signal.aborted) return undefined;
      addFailure(folder, run, { started, ended: new Date().toISOString(), reason });
      failures.push(reason);
      if (failures.length < tries) hooks.onRetry?.(run, reason);
    }
    return failures.length < tries ? undefined : failures.at(-1);
  };
}
