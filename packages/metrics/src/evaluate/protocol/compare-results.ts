import { OptionError, toJson, type JsonObject, type JsonValue, type MetricResult } from '@dist-gan/core';

/** What two results differ in beside their value. */
export interface ProtocolDifference {
  /** `boundary`, `features.resize`, `samples.generated`, ... */
  readonly path: string;
  readonly one: JsonValue | undefined;
  readonly other: JsonValue | undefined;
}

export interface ResultComparison {
  /** The second value minus the first. */
  readonly difference: number;
  /** Empty, unless the comparison was forced. */
  readonly protocolDifferences: readonly ProtocolDifference[];
}

/**
 * Compares two numbers, if they were measured in the same way: one metric, one protocol, equally many samples.
 *
 * @param options `force: true` compares in spite of different protocols and tells what differs
 * @throws OptionError naming the differences; with another metric always
 */
export function compareResults(
  one: MetricResult,
  other: MetricResult,
  { force = false }: { force?: boolean } = {},
): ResultComparison {
  if (one.id !== other.id) {
    throw new OptionError(
      `compareResults: ${one.id} and ${other.id} are different metrics; compare results of one`,
      'other',
      other.id,
    );
  }
  const protocolDifferences = differencesOf(one, other);
  if (protocolDifferences.length > 0 && !force) {
    const shown = protocolDifferences.map(
      ({ path, one: left, other: right }) => `${path}: ${show(left)} and ${show(right)}`,
    );
    throw new OptionError(
      `compareResults: these ${one.id} values follow different protocols (${shown.join('; ')}); measure both in one way, ` +
        'or force the comparison',
      'other',
      other.protocol,
    );
  }
  return { difference: other.value - one.value, protocolDifferences };
}

/** Every choice and sample count that two results do not share. */
export function differencesOf(one: MetricResult, other: MetricResult): ProtocolDifference[] {
  const described = (result: MetricResult) => leaves({ ...result.protocol, samples: { ...result.samples } });
  const [left, right] = [described(one), described(other)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths]
    .filter((path) => show(left.get(path)) !== show(right.get(path)))
    .map((path) => ({ path, one: left.get(path), other: right.get(path) }));
}

/** The values of nested objects by their path; lists are values. */
function leaves(value: JsonObject, prefix = ''): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  for (const [key, inner] of Object.entries(value)) {
    if (!isObject(inner)) found.set(prefix + key, inner);
    else for (const [path, leaf] of leaves(inner, `${prefix}${key}.`)) found.set(path, leaf);
  }
  return found;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? 'not stated' : toJson(value);
}
