import { isDeepStrictEqual } from 'node:util';
import { formatNumber, toJson, type JsonObject, type JsonValue } from '@dist-gan/core';

/**
 * How far numbers of two protocols may lie from each other, as a share, where they are measured from the data: the radius of a
 * mode is in units of the data's largest entry, which is another in every draw.
 */
const tolerance = 0.05;

/** Whether numbers of the two can stand in one column. */
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
  return isDeepStrictEqual(a, b);
}

/** A protocol in words, without what the results of one metric repeat. */
export function protocolWords(protocol: JsonObject): string {
  return flat(protocol, '')
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

function flat(object: JsonObject, path: string): [key: string, value: string][] {
  return Object.entries(object).flatMap(([name, value]): [string, string][] => {
    const key = path === '' ? name : `${path}.${name}`;
    return isObject(value) ? flat(value, key) : [[key, asText(value)]];
  });
}

function asText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? formatNumber(value) : toJson(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
