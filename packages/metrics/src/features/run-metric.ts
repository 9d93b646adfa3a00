import { NonFiniteError, resolveOptions, type MetricResult } from '@dist-gan/core';
import type * as v from 'valibot';
import type { RunOptions } from '../linear-algebra/index.js';

/** What a metric makes: a result, several, or a curve and its results. */
type Measured = MetricResult | readonly MetricResult[] | { readonly results: readonly MetricResult[] };

/**
 * Runs a metric: the options that belong to its protocol are checked and completed, the others say how it runs.
 *
 * @param where what messages call the metric
 * @param measure what makes the result of the checked options
 * @throws OptionError for bad options, NonFiniteError for features whose products overflow; the reason of the signal
 * when it is aborted
 */
export async function runMetric<
  Schema extends v.StrictObjectSchema<v.ObjectEntries, undefined>,
  Result extends Measured,
>(
  where: string,
  schema: Schema,
  { onProgress, signal, engine, ...given }: RunOptions,
  measure: (options: v.InferOutput<Schema>, run: RunOptions) => Promise<Result>,
): Promise<Result> {
  const options = resolveOptions(schema, given, where);
  signal?.throwIfAborted();
  const result = await measure(options, { onProgress, signal, engine });
  checkNumbers(result);
  onProgress?.(1);
  return result;
}

/** Refuses numbers that are none; infinite ones are let through where a warning explains them. */
export function checkNumbers(measured: Measured): void {
  const results = 'results' in measured ? measured.results : [measured].flat();
  for (const { id, value, warnings } of results) {
    if (Number.isFinite(value) || (!Number.isNaN(value) && warnings.length > 0)) continue;
    throw new NonFiniteError(
      `${id} is ${value}: the features are so large that their products are no float64 numbers; scale them`,
      id,
    );
  }
}
