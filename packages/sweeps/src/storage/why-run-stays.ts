import { join } from 'node:path';
import { readRun, runHolder } from '@dist-gan/runs';
import { readRunFolder } from '../execution/run-sweep.js';
import type { PlannedRun } from '../plan/plan.js';
import { hasResult } from '../results/outcome.js';

/**
 * Why what was kept of a run elsewhere must not take the place of what is in the folder of the sweep: that is trained further, or just now.
 * Undefined where it may.
 */
export function whyRunStays(
  run: PlannedRun,
  { folder, kept }: { readonly folder: string; readonly kept: string },
): string | undefined {
  const path = join(folder, run.name);
  const holder = runHolder(path);
  if (holder !== undefined) return `${path} stays: process ${holder.process} on ${holder.host} trains it`;
  const [ours, theirs] = [reached(run, folder), reached(run, kept)];
  if (ours <= theirs) return undefined;
  const at = ours === Infinity ? 'has an end' : `is at step ${ours}`;
  return `${path} stays: it ${at}, and what was kept elsewhere is at step ${theirs}; remove it to have that`;
}

/** The step from which a run goes on; Infinity of one that has a result, 0 where there is nothing to go on with. */
function reached(run: PlannedRun, folder: string): number {
  try {
    if (hasResult(readRunFolder(folder, run).outcome)) return Infinity;
    return Math.max(0, ...readRun(join(folder, run.name)).checkpoints.map(({ step = 0 }) => step));
  } catch {
    return 0;
  }
}
