import type { JsonObject, JsonValue } from '../contracts/json.js';
import type { MetricResult } from '../contracts/metric.js';

/**
 * How far numbers of two protocols may lie from each other, as a share, where they are measured from the data: the radius of a
 * mode is in units of the data's largest entry, which is another in every draw.
 */
const tolerance = 0.05;

/** How a result was measured: its protocol, and of how many samples. */
export function howMeasured({ protocol, samples }: Pick<MetricResult, 'protocol' | 'samples'>): JsonObject {
  return { ...protocol, ...(Object.keys(samples).length > 0 && { samples }) };
}

/** Whether numbers that were measured in these two ways can stand beside each other. */
export function areComparable(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    const measured = !Number.isInteger(a) && !Number.isInteger(b);
    return a === b || (measured && Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((value, i) => areComparable(value as JsonValue, b[i] as JsonValue))
    );
  }
  if (isObject(a) && isObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => areComparable(a[key], b[key]));
  }
  return a === b;
}

/** Results by their ids; what one evaluation measured in several ways is told apart by number: `fid`, `fid [2]`. */
export function resultsByName<Result extends Pick<MetricResult, 'id'>>(
  results: readonly Result[],
): ReadonlyMap<string, Result> {
  const named = new Map<string, Result>();
  for (const result of results) {
    let name = result.id;
    for (let count = 2; named.has(name); count++) name = `${result.id} [${count}]`;
    named.set(name, result);
  }
  return named;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
