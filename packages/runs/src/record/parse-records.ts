import { fromJson, readAs, type JsonObject } from '@dist-gan/core';
import * as v from 'valibot';
import type { RunHistory } from '@dist-gan/trainer';
import type { RunEvent } from '../events/run-event.js';
import type { RunRecord } from './run-record.js';
import type { RunResult } from './run-result.js';

const object = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const extent = v.pipe(count, v.minValue(1));
/** Losses and metrics can be anything that a number can be. */
const number = v.union([v.number(), v.nan()], 'must be a number');

/** What every reader of `run.json` relies on; the rest of it is there to be read by people. */
const runRecord = v.looseObject({
  preset: v.string(),
  seed: count,
  steps: v.optional(count),
  options: object,
  samples: v.looseObject({
    shape: v.pipe(v.array(extent), v.minLength(1)),
    range: v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]),
  }),
  versions: v.optional(v.record(v.string(), v.string()), {}),
});

/** @throws Error saying what is wrong */
export function parseRunRecord(text: string): RunRecord {
  return readAs(runRecord, fromJson(text)) as unknown as RunRecord;
}

const measured = { id: v.string(), value: number, protocol: object };
const metrics = v.array(v.looseObject({ ...measured, samples: object, warnings: v.array(v.string()) }));
const spent = { seconds: number, memoryBytes: number };
const numbers = v.pipe(object, v.record(v.string(), number));

const runEvent = v.variant('event', [
  v.looseObject({
    event: v.literal('step'),
    step: count,
    losses: numbers,
    learningRates: numbers,
    measurements: v.optional(numbers),
    samplesPerSecond: v.optional(number),
    ...spent,
  }),
  v.looseObject({
    event: v.literal('evaluation'),
    step: count,
    metrics,
    rawMetrics: v.optional(metrics),
    measurements: v.optional(numbers),
    ...spent,
  }),
  v.looseObject({
    event: v.literal('guard'),
    step: count,
    guard: v.string(),
    action: v.picklist(['warned', 'restored', 'stopped']),
    reason: v.string(),
    restoredStep: v.optional(count),
    seconds: number,
  }),
  v.looseObject({
    event: v.literal('stage'),
    step: count,
    stage: v.string(),
    outcome: v.picklist(['begun', 'completed', 'aborted']),
    values: v.optional(numbers),
    seconds: number,
  }),
  v.looseObject({ event: v.literal('failure'), step: count, message: v.string(), seconds: number }),
]);

const runHistory = v.looseObject({
  evaluations: v.array(v.looseObject({ step: count, metrics: numbers, measurements: numbers })),
  protocols: v.optional(v.record(v.string(), object)),
  interventions: v.array(
    v.looseObject({
      step: count,
      guard: v.string(),
      action: v.picklist(['restored', 'stopped']),
      reason: v.string(),
      restoredStep: v.optional(count),
    }),
  ),
});

/** @throws Error saying what is wrong */
export function parseRunHistory(text: string): RunHistory {
  return readAs(runHistory, fromJson(text));
}

/** Results that were written before this was kept say nothing of samples. */
const finalResults = v.array(v.looseObject({ ...measured, samples: v.optional(object, {}) }));

const runResult = v.looseObject({
  preset: v.string(),
  seed: count,
  steps: count,
  seconds: number,
  stepsPerSecond: number,
  executor: v.string(),
  metrics: finalResults,
  rawMetrics: v.optional(finalResults),
});

/** @throws Error saying what is wrong */
export function parseRunResult(text: string): RunResult {
  return readAs(runResult, fromJson(text));
}

/** A line of `metrics.jsonl`; undefined for what is none, such as a line that was cut when the run was killed. */
export function parseRunEvent(line: string): RunEvent | undefined {
  try {
    const { success, output } = v.safeParse(runEvent, fromJson(line));
    return success ? output : undefined;
  } catch {
    return undefined;
  }
}
