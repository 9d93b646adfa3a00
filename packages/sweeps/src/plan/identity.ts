import { createHash } from 'node:crypto';
import { toJson, type JsonObject, type JsonValue } from '@dist-gan/core';

/** Everything that a run's numbers depend on. Plain JSON; `run.json` of a finished run says the same. */
export interface RunSpec {
  readonly preset: string;
  readonly seed: number;
  /** With every default filled in. */
  readonly options: JsonObject;
  /** What runs the steps, as it was asked for, and the engine's name and version. */
  readonly engine: JsonObject;
  /** Of the packages that compute. */
  readonly versions: Readonly<Record<string, string>>;
  /** Seconds of training after which the run ends, where there is such a budget. */
  readonly seconds?: number;
}

/** Hexadecimal digits of an identity: a quarter of a SHA-256. Among a million runs, two share one with probability 3e-8. */
const length = 16;

/** What tells runs apart: equal for equal {@link RunSpec}s whatever the order of their keys, else different. */
export function runIdentity(spec: RunSpec): string {
  return createHash('sha256')
    .update(canonicalJson(spec as unknown as JsonObject))
    .digest('hex')
    .slice(0, length);
}

/** The folder of a run within that of its sweep: what a person looks for first, the identity last. */
export function runName(spec: RunSpec): string {
  return `${spec.preset}-seed${spec.seed}-${runIdentity(spec)}`;
}

/** JSON with sorted keys and without spaces. What is undefined is left out, as in all JSON. */
export function canonicalJson(value: JsonValue): string {
  return toJson(sorted(value));
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((inner: JsonValue) => sorted(inner));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
