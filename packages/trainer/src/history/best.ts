import { choice } from '@dist-gan/core';
import * as v from 'valibot';
import type { HistoryEntry, RunHistory } from './history.js';

/** Checks {@link RankingMetric}. */
export const rankingMetric = v.strictObject({
  /** Id of a result of the run's metrics: `modes-covered`, `fid`, ... */
  metric: v.string('must be the id of a metric'),
  /** Which way it improves. */
  better: choice(['higher', 'lower']),
});

/** By which metric a run's states are ranked, and whether more or less of it is better. */
export interface RankingMetric extends Readonly<v.InferOutput<typeof rankingMetric>> {}

/** The same of a guard, which knows by itself which way some metrics improve. */
export const guardedMetricEntries = {
  metric: rankingMetric.entries.metric,
  /** Which way the metric improves; need not be said of fid, kid, registered-points, modes-covered and kl-divergence. */
  better: v.optional(rankingMetric.entries.better),
};

/** Metrics by which the best state of a run is chosen where it does not say: the first of these that it has. */
const known: readonly RankingMetric[] = [
  { metric: 'fid', better: 'lower' },
  { metric: 'kid', better: 'lower' },
  { metric: 'registered-points', better: 'higher' },
  { metric: 'modes-covered', better: 'higher' },
  { metric: 'kl-divergence', better: 'lower' },
];

/** Which way this metric improves; undefined where the package does not know it. */
export function betterDirection(metric: string): RankingMetric['better'] | undefined {
  return known.find((ranking) => ranking.metric === metric)?.better;
}

/** Whether `value` is better than `other`. */
function isBetter(better: RankingMetric['better'], value: number, other: number): boolean {
  return better === 'higher' ? value > other : value < other;
}

/** The best of these entries, of equals the first; entries without a number for the metric do not count. */
export function bestEntry(
  entries: readonly HistoryEntry[],
  { metric, better }: RankingMetric,
): HistoryEntry | undefined {
  let best: HistoryEntry | undefined;
  for (const entry of entries) {
    const value = entry.metrics[metric];
    if (value === undefined || Number.isNaN(value)) continue;
    if (best === undefined || isBetter(better, value, best.metrics[metric])) best = entry;
  }
  return best;
}

/**
 * The best evaluation of a run, and by which metric; where no metric ranks them, the last one. Evaluations after which a
 * guard went back or ended the run are none to go back to.
 */
export function bestOf(
  { evaluations, interventions }: RunHistory,
  ranking?: RankingMetric,
): { readonly step: number; readonly metric?: string } | undefined {
  const sound = evaluations.filter(({ step }) => interventions.every((entry) => entry.step !== step));
  for (const candidate of ranking === undefined ? known : [ranking]) {
    const best = bestEntry(sound, candidate);
    if (best !== undefined) return { step: best.step, metric: candidate.metric };
  }
  const last = sound.at(-1);
  return last && { step: last.step };
}
