import { toJson, type JsonObject, type JsonValue } from '@dist-gan/core';

export interface Difference {
  /** Dotted path. */
  readonly key: string;
  /** Undefined where there was none. */
  readonly before: JsonValue | undefined;
  readonly now: JsonValue | undefined;
}

/** Where two set-ups differ, option by option. */
export function differingOptions(before: JsonObject, now: JsonObject, path = ''): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.flatMap((name) => {
    const key = path === '' ? name : `${path}.${name}`;
    const [a, b] = [before[name], now[name]];
    if (isObject(a) && isObject(b)) return differingOptions(a, b, key);
    return toJson(a) === toJson(b) ? [] : [{ key, before: a, now: b }];
  });
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
