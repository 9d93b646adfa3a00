import { areComparable, howMeasured, type JsonObject, type MetricResult } from '@dist-gan/core';

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
  /** How each metric was measured: all values of {@link evaluations} in one way. Histories that were kept before this was lack it. */
  readonly protocols?: Readonly<Record<string, JsonObject>>;
  readonly interventions: readonly Intervention[];
}

export const emptyHistory: RunHistory = { evaluations: [], interventions: [] };

/**
 * A history with one evaluation more; of results with one id, the first counts. Where a metric was measured in another way before, as
 * in a run that went on with another number of samples, its values of before are left out: one would be better than another for how it was measured.
 */
export function withEvaluation(
  history: RunHistory,
  step: number,
  results: readonly MetricResult[],
  measurements: HistoryEntry['measurements'],
): RunHistory {
  const metrics: Record<string, number> = {};
  const protocols: Record<string, JsonObject> = { ...history.protocols };
  const changed = new Set<string>();
  for (const result of results) {
    const { id, value } = result;
    if (Object.hasOwn(metrics, id)) continue;
    metrics[id] = value;
    const protocol = howMeasured(result);
    if (Object.hasOwn(protocols, id) && !areComparable(protocols[id], protocol)) changed.add(id);
    protocols[id] = protocol;
  }
  const before = changed.size === 0 ? history.evaluations : history.evaluations.map(without(changed));
  return { ...history, evaluations: [...before, { step, metrics, measurements }], protocols };
}

function without(ids: ReadonlySet<string>): (entry: HistoryEntry) => HistoryEntry {
  return (entry) => ({
    ...entry,
    metrics: Object.fromEntries(Object.entries(entry.metrics).filter(([id]) => !ids.has(id))),
  });
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
