import * as v from 'valibot';
import { nearest } from '../errors/nearest.js';
import { OptionError } from '../errors/index.js';

type ObjectSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/**
 * Checks options against a strict schema and fills in its defaults.
 *
 * @param schema a valibot `strictObject`: unknown keys are errors
 * @param given what the user gave; `undefined` means all defaults
 * @param where how the options are called in messages, for instance `dist-gan` or `training`
 * @returns the resolved options: plain JSON that goes into the run's record
 * @throws OptionError naming the key, the value and the nearest known key
 */
export function resolveOptions<Schema extends ObjectSchema>(
  schema: Schema,
  given: unknown,
  where: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, given ?? {});
  if (result.success) return result.output;
  throw describeIssue(schema, result.issues[0], where);
}

function describeIssue(schema: ObjectSchema, issue: v.BaseIssue<unknown>, where: string): OptionError {
  const keys = (issue.path ?? []).map((item) => String((item as { key: unknown }).key));
  const path = [where, ...keys].join('.');
  const received = issue.input;

  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const unknown = keys.at(-1) ?? '';
    const known = knownKeys(schema, keys.slice(0, -1));
    const close = nearest(unknown, known);
    const hint =
      close.length > 0 ? `did you mean ${close.join(' or ')}?` : `known options: ${known.join(', ')}`;
    return new OptionError(`${path} is not an option; ${hint}`, path, received);
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    return new OptionError(`${path} is required`, path, received);
  }
  return new OptionError(`${path}: ${lowerFirst(issue.message)} (got ${display(received)})`, path, received);
}

function knownKeys(schema: ObjectSchema, path: readonly string[]): string[] {
  let entries = entriesOf(schema);
  for (const key of path) entries = entriesOf(entries[key]);
  return Object.keys(entries);
}

/** Of an object, also of one that may be left out; of one of several kinds, those of all of them. */
function entriesOf(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null) return {};
  if ('wrapped' in schema) return entriesOf(schema.wrapped);
  if ('getter' in schema) return entriesOf((schema.getter as (input: unknown) => unknown)(undefined));
  if ('entries' in schema) return schema.entries as Record<string, unknown>;
  if (!('options' in schema) || !Array.isArray(schema.options)) return {};
  return Object.assign({}, ...schema.options.map(entriesOf)) as Record<string, unknown>;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function display(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = inJson(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Undefined for what JSON cannot say: functions, numbers such as `1n`, objects that hold themselves. */
function inJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
