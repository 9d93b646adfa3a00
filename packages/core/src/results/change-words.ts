import type { JsonValue } from '../contracts/json.js';
import { toJson } from '../json/exact-json.js';

/** An option that is another than it was, as a person reads it: `batchSize 8 in place of 16`. */
export function changeWords({
  key,
  before,
  now,
}: {
  /** Dotted path. */
  readonly key: string;
  /** Undefined where there was none. */
  readonly before: JsonValue | undefined;
  readonly now: JsonValue | undefined;
}): string {
  return `${key} ${valueWords(now)} in place of ${valueWords(before)}`;
}

function valueWords(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : toJson(value);
}
