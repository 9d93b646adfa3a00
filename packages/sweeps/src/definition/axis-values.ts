import { choice, OptionError, resolveOptions, toJson, type JsonValue } from '@dist-gan/core';
import * as v from 'valibot';

const number = v.pipe(v.number('must be a number'), v.finite('must be finite'));
const range = v.strictObject({
  from: number,
  to: number,
  /** How many values, the ends among them. */
  count: v.pipe(
    v.number('must be a whole number'),
    v.safeInteger('must be a whole number'),
    v.minValue(2, 'must be 2 or more'),
  ),
  /** Equal steps, or equal ratios. */
  scale: v.optional(choice(['linear', 'log']), 'linear'),
});
const list = v.strictObject({ values: v.array(v.any(), 'must be a list of values') });

/** Digits that a value of a range keeps: 0.1 + 0.2 shall be called 0.3. */
const digits = 12;

/**
 * The values of one key: a value for itself; `{ values: [...] }`; `{ from, to, count, scale }`, both ends included.
 *
 * @param key for messages
 * @throws OptionError for a list without values or with one twice, and for a range that is none
 */
export function axisValues(key: string, given: JsonValue): readonly JsonValue[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [given];
  if ('values' in given)
    return distinct(key, resolveOptions(list, given, `set.${key}`).values as JsonValue[]);
  if ('from' in given && 'to' in given) return rangeValues(key, resolveOptions(range, given, `set.${key}`));
  return [given];
}

function rangeValues(key: string, { from, to, count, scale }: v.InferOutput<typeof range>): number[] {
  if (scale === 'log' && !(from > 0 && to > 0)) {
    throw new OptionError(
      `set.${key}: a range by ratios needs ends above 0 (got ${from} and ${to})`,
      `set.${key}`,
      from,
    );
  }
  const values = Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    if (i === 0) return from;
    if (i === count - 1) return to;
    const value = scale === 'log' ? from * (to / from) ** share : from + share * (to - from);
    return Number(value.toPrecision(digits));
  });
  return distinct(key, values) as number[];
}

function distinct(key: string, values: readonly JsonValue[]): readonly JsonValue[] {
  if (values.length === 0) {
    throw new OptionError(`set.${key}: a list needs at least one value`, `set.${key}`, values);
  }
  const seen = new Set<string>();
  for (const value of values) {
    const text = toJson(value);
    if (seen.has(text)) {
      throw new OptionError(`set.${key}: ${text} is there twice; give each value once`, `set.${key}`, value);
    }
    seen.add(text);
  }
  return values;
}

/**
 * The values that a word of the command line names: JSON is one value; `0.1..0.5:5` is a range of five, `1e-4..1e-2:3:log`
 * one by ratios; what has commas outside brackets and quotes is a list.
 *
 * @returns what {@link axisValues} takes
 */
export function readAxis(text: string): JsonValue {
  const whole = readJson(text);
  if (whole !== undefined) return whole;
  const [, from, to, count, scale] = /^([^.\s].*?)\.\.(.+?):(\d+)(?::(linear|log))?$/.exec(text) ?? [];
  if (from !== undefined && isNumber(from) && isNumber(to)) {
    return {
      from: Number(from),
      to: Number(to),
      count: Number(count),
      ...(scale !== undefined && { scale }),
    };
  }
  const parts = splitList(text);
  if (parts.length === 1) return text;
  return {
    values: parts.map((part) => {
      const value = readJson(part);
      return value === undefined ? part : value;
    }),
  };
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** At commas that are in no bracket and in no quotes. */
export function splitList(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && '[{('.includes(character)) depth++;
    if (!quoted && ']})'.includes(character)) depth--;
    if (character === ',' && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
