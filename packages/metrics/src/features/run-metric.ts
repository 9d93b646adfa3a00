import { resolveOptions } from '@dist-gan/core';
import type * as v from 'valibot';
import { computeAsync, type Computation, type RunOptions } from '../linear-algebra/computation.js';

/**
 * Runs a metric: the options that belong to its protocol are checked and completed, the others say how it runs.
 *
 * @param where what messages call the metric
 * @param computation what makes the result of the checked options
 */
export async function runMetric<Schema extends v.StrictObjectSchema<v.ObjectEntries, undefined>, Result>(
  where: string,
  schema: Schema,
  { onProgress, signal, engine, ...given }: RunOptions,
  computation: (options: v.InferOutput<Schema>) => Computation<Result>,
): Promise<Result> {
  const options = resolveOptions(schema, given, where);
  return computeAsync(computation(options), { onProgress, signal, engine });
}
