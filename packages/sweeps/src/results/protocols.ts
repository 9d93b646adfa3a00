import { formatNumber, toJson, type JsonObject, type JsonValue } from '@dist-gan/core';

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
