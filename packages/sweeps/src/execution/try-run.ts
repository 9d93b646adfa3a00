import type { PlannedRun } from '../plan/plan.js';
import { trainPlannedRun, type TrainingProgram } from './train-run.js';

/** Tries of a run that an error ends. */
export const tries = 2;

/** One try of a run. */
export interface Tried {
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string;
  /** Why it went wrong; undefined where the run has an end, or was asked to stop. */
  readonly failure?: string;
}

/** Who hears of a run while it is brought to its end. */
export interface RunHooks {
  readonly onBegin?: (run: PlannedRun) => void;
  /** A line of `--json` of a run. */
  readonly onLine?: (run: PlannedRun, line: Readonly<Record<string, unknown>>) => void;
  /** An error ended it; it is tried again. */
  readonly onRetry?: (run: PlannedRun, reason: string) => void;
  /** A try is over. */
  readonly onTried?: (run: PlannedRun, tried: Tried) => void;
}

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  readonly triesLeft: number;
  readonly hooks: RunHooks;
}

/** Brings a run to its end, or as far as it gets before `signal` is aborted. */
export type Execute = (run: PlannedRun, options: ExecuteOptions) => Promise<void>;

/**
 * Trains runs in processes of this machine: each from where it is, and again where an error ends it, until it has an end or no try
 * is left.
 *
 * @param folder of the sweep
 */
export function trainHere(folder: string, program: TrainingProgram): Execute {
  return async (run, { signal, triesLeft, hooks }) => {
    for (let left = triesLeft; left > 0 && !signal.aborted; left--) {
      hooks.onBegin?.(run);
      const started = new Date().toISOString();
      const failure = await trainPlannedRun(folder, run, program, {
        signal,
        onLine: (line) => hooks.onLine?.(run, line),
      });
      const ended = new Date().toISOString();
      hooks.onTried?.(run, { started, ended, ...(failure !== undefined && { failure }) });
      if (failure === undefined) return;
      if (left > 1) hooks.onRetry?.(run, failure);
    }
  };
}
