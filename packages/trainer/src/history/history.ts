import type { MetricResult } from '@dist-gan/core';

/** What one evaluation of a run came to, in numbers. */
export interface HistoryEntry {
  /** Training steps finished. */
  readonly step: number;
  /** Values of the metrics, by their ids. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What guards measured. */
  readonly measurements: Readonly<Record<string, number>>;
}

/** What a guard did to a run; warnings change nothing and are not remembered. */
export interface Intervention {
  /** Training steps finished. */
  readonly step: number;
  /** The guard's id. */
  readonly guard: string;
  /** `restored`: the run went back to its best state; `stopped`: it ended. */
  readonly action: 'restored' | 'stopped';
  /** What was wrong. */
  readonly reason: string;
  /** The step whose state the run went on from, or ended with. */
  readonly restoredStep?: number;
}

/** What a run remembers beside its tensors: guards, the best step and early stops depend on nothing else. Plain JSON. */
export interface RunHistory {
  readonly evaluations: readonly HistoryEntry[];
  readonly interventions: readonly Intervention[];
}

export const emptyHistory: RunHistory = { evaluations: [], interventions: [] };

/** The entry of an evaluation; of results with one id, the first counts. */
export function historyEntry(
  step: number,
  results: readonly MetricResult[],
  measurements: HistoryEntry['measurements'],
): HistoryEntry {
  const metrics: Record<string, number> = {};
  for (const { id, value } of results) metrics[id] ??= value;
  return { step, metrics, measurements };
}

/**
 * How many updates the weights have behind them when `step` steps are finished: all steps, but for those that a guard
 * threw away. Adam corrects the bias of its young moments by this number.
 */
export function updatesBehind(step: number, interventions: readonly Intervention[]): number {
  const last = interventions.findLast(
    ({ step: at, restoredStep }) => at <= step && restoredStep !== undefined,
  );
  if (last === undefined) return step;
  return updatesBehind(last.restoredStep!, interventions) + step - last.step;
}
