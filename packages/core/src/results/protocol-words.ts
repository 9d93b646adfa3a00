import type { JsonObject, JsonValue } from '../contracts/json.js';
import { toJson } from '../json/exact-json.js';
import { formatNumber } from '../text/numbers.js';

/** A protocol as a person reads it: `rule radius, radius 0.0159`. */
export function protocolWords(protocol: JsonObject): string {
  return flat(protocol, '')
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

function flat(object: JsonObject, path: string): [key: string, value: string][] {
  return Object.entries(object).flatMap(([name, value]): [string, string][] => {
    const key = path === '' ? name : `${path}.${name}`;
    return isObject(value) ? flat(value, key) : [[key, valueWords(value)]];
  });
}

function valueWords(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? formatNumber(value) : toJson(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
