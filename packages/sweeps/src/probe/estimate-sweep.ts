import type { Setting } from '../definition/expand.js';
import type { TrainingProgram } from '../execution/train-run.js';
import type { SweepDefinition } from '../definition/sweep-definition.js';
import type { PlannedRun } from '../plan/plan.js';
import type { SweepStore } from '../store/sweep-store.js';
import { estimateRun, isProbable, probeRun, type Probe } from './probe.js';

export interface SweepEstimate {
  /** Of all runs together, as if one came after the other. */
  readonly workSeconds: number;
  /** With so many runs at a time. */
  readonly seconds: number;
  readonly bytes: number;
  /** Rows of which five steps were trained, now or earlier. */
  readonly probed: number;
  /** Rows about which nothing is known; they are not in the sums. */
  readonly unknown: readonly Setting[];
}

/** Rows that are probed; of more, as many at even distances, which stand for the others. */
const probedRows = 12;

/** What the missing runs of a sweep take, from five steps of one run of each row. What was probed before is not again. */
export async function estimateSweep(
  missing: readonly PlannedRun[],
  {
    folder,
    store,
    program,
    jobs,
    keep,
    signal,
  }: {
    readonly folder: string;
    readonly store: SweepStore;
    readonly program: TrainingProgram;
    readonly jobs: number;
    readonly keep: SweepDefinition['keep'];
    readonly signal: AbortSignal;
  },
): Promise<SweepEstimate> {
  const firsts = [...new Map([...missing].reverse().map((run) => [run.setting, run])).values()].reverse();
  const probable = firsts.filter(isProbable);
  const every = Math.ceil(probable.length / probedRows);
  const probes = new Map<Setting, Probe>();
  for (const [i, run] of probable.entries()) {
    if (i % every !== 0 || signal.aborted) continue;
    let probe = store.probe(run.identity) as Probe | undefined;
    if (probe === undefined) {
      probe = await probeRun(folder, run, program, signal);
      if (probe !== undefined) store.putProbe(run.identity, probe);
    }
    if (probe !== undefined) probes.set(run.setting, probe);
  }
  const mean = every > 1 ? meanProbe([...probes.values()]) : undefined;
  const probeOf = (run: PlannedRun) => (isProbable(run) ? (probes.get(run.setting) ?? mean) : undefined);
  const estimates = missing.flatMap((run) => {
    const probe = probeOf(run);
    return probe === undefined ? [] : [estimateRun(run.spec, keep, probe)];
  });
  const workSeconds = estimates.reduce((sum, { seconds }) => sum + seconds, 0);
  const longest = Math.max(0, ...estimates.map(({ seconds }) => seconds));
  return {
    workSeconds,
    seconds: Math.max(longest, workSeconds / jobs),
    bytes: estimates.reduce((sum, { bytes }) => sum + bytes, 0),
    probed: probes.size,
    unknown: firsts.filter((run) => probeOf(run) === undefined).map(({ setting }) => setting),
  };
}

function meanProbe(probes: readonly Probe[]): Probe | undefined {
  if (probes.length === 0) return undefined;
  const mean = (key: keyof Probe) => probes.reduce((sum, probe) => sum + probe[key], 0) / probes.length;
  const keys = Object.keys(probes[0]) as (keyof Probe)[];
  return Object.fromEntries(keys.map((key) => [key, mean(key)])) as unknown as Probe;
}
