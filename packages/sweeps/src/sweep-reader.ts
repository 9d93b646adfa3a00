import { statSync } from 'node:fs';
import { join } from 'node:path';
import { runHolder } from '@dist-gan/runs';
import { failuresFile } from './execution/failures.js';
import { readRunFolder, type FoundRuns } from './execution/run-sweep.js';
import { planFile, readPlan } from './plan/plan-file.js';
import type { PlannedRun, SweepPlan } from './plan/plan.js';
import type { StoredRun } from './store/sweep-store.js';

/** A sweep as its folder tells of it. */
export interface ReadSweep {
  readonly plan: SweepPlan;
  readonly found: FoundRuns;
}

interface KnownRun {
  readonly stamp: string;
  readonly stored: StoredRun | undefined;
}

/** The folder of a sweep, read again whenever it is asked for, while others train there; nothing in it is ever changed. */
export class SweepReader {
  private known:
    | { readonly stamp: string; readonly plan: SweepPlan; readonly runs: Map<PlannedRun, KnownRun> }
    | undefined;
  private last: ReadSweep | undefined;

  constructor(private readonly folder: string) {}

  /**
   * The same object as before where nothing has changed; undefined where no sweep has begun.
   *
   * @throws DatasetFormatError where its plan is none
   */
  read(): ReadSweep | undefined {
    const { folder } = this;
    const stamp = stampOf(join(folder, planFile));
    if (stamp === '') return undefined;
    if (this.known?.stamp !== stamp) {
      const plan = readPlan(folder);
      if (plan === undefined) return undefined;
      this.known = { stamp, plan, runs: new Map() };
      this.last = undefined;
    }
    const { plan, runs } = this.known;
    for (const run of plan.runs) {
      const now = this.stampOfRun(run);
      if (runs.get(run)?.stamp === now) continue;
      runs.set(run, { stamp: now, stored: this.readRun(run, now) });
      this.last = undefined;
    }
    this.last ??= { plan, found: new Map([...runs].map(([run, { stored }]) => [run, stored])) };
    return this.last;
  }

  /** Sizes and times of the files that say what became of a run, and who writes them. */
  private stampOfRun(run: PlannedRun): string {
    const path = join(this.folder, run.name);
    const files = ['run.json', 'metrics.jsonl', 'result.json', 'checkpoints'].map((file) => join(path, file));
    const stamps = [...files, failuresFile(this.folder, run)].map(stampOf);
    const isThere = stamps.some((stamp) => stamp !== '');
    return isThere ? [runHolder(path)?.process, ...stamps].join(' ') : '';
  }

  private readRun(run: PlannedRun, stamp: string): StoredRun | undefined {
    if (stamp === '') return undefined;
    try {
      return readRunFolder(this.folder, run);
    } catch {
      // It is just being written, or another's: whoever opens that run is told.
      return undefined;
    }
  }
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.size}.${found.mtimeMs}`;
}
