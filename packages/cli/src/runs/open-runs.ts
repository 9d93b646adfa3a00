import { resolve } from 'node:path';
import { OptionError, toJson, type JsonObject, type JsonValue } from '@dist-gan/core';
import { openRunPath, readRun, type RunContent, type RunPath } from '@dist-gan/runs';
import type { Terminal } from '../terminal.js';

/** A run that was named on the command line. */
export interface NamedRun {
  /** As it was named. */
  readonly name: string;
  readonly opened: RunPath;
  readonly content: RunContent;
}

/** @throws DatasetFormatError when there is no run */
export function openNamedRun(name: string, terminal: Terminal): NamedRun {
  const opened = openRunPath(resolve(terminal.workingDirectory, name));
  return { name, opened, content: readRun(opened.run) };
}

/** @throws OptionError with an example when no run was named */
export function required(path: string | undefined, command: string): string {
  if (path !== undefined) return path;
  throw new OptionError(
    `${command} needs the folder of a run, for instance runs/gaussian-grid-seed0`,
    'run',
    path,
  );
}

/** Options as rows of dotted keys. */
export function flatOptions(options: JsonObject, path = ''): [key: string, value: string][] {
  return Object.entries(options).flatMap(([name, value]): [string, string][] => {
    const key = path === '' ? name : `${path}.${name}`;
    if (isObject(value) && Object.keys(value).length > 0) return flatOptions(value, key);
    return [[key, asText(value)]];
  });
}

/** A value as a person reads it in a table: texts without quotes. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : toJson(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
