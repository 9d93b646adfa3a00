import { areComparable, type JsonObject } from '@dist-gan/core';
import type { RunSummary } from '../src/view/index.js';

/** A metric, and the runs whose numbers of it can stand beside one another. */
export interface MetricColumn {
  readonly metric: string;
  /** The metric, told apart from those that are called so, too, and were measured otherwise or of other data. */
  readonly title: string;
  /** By their names. */
  readonly runs: ReadonlySet<string>;
}

/** What was measured last of several runs: a column for each metric and each way in which it was measured. */
export function metricColumns(runs: readonly RunSummary[]): MetricColumn[] {
  const ways = new Map<string, { readonly protocol: JsonObject; readonly runs: Set<string> }[]>();
  for (const { name, protocols } of runs) {
    for (const [metric, protocol] of Object.entries(protocols)) {
      let ofMetric = ways.get(metric);
      if (ofMetric === undefined) ways.set(metric, (ofMetric = []));
      let way = ofMetric.find((known) => areComparable(known.protocol, protocol));
      if (way === undefined) ofMetric.push((way = { protocol, runs: new Set() }));
      way.runs.add(name);
    }
  }
  return [...ways].flatMap(([metric, ofMetric]) =>
    ofMetric.map((way, at) => ({
      metric,
      title: ofMetric.length === 1 ? metric : `${metric}, protocol ${at + 1}`,
      runs: way.runs,
    })),
  );
}
