import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { DatasetFormatError, fromJson, positive, seed, toJson, type JsonObject } from '@dist-gan/core';
import * as v from 'valibot';
import type { Setting } from '../definition/expand.js';
import { sweepSchema } from '../definition/sweep-definition.js';
import type { SweepPlan } from './plan.js';

/** In the folder of a sweep. */
export const planFile = 'plan.json';

/** A plan as a file says it: rows once, and each run with the place of its own. */
export function planToJson({ runs, settings, ...plan }: SweepPlan): string {
  const numbered = runs.map(({ setting, ...run }) => ({ ...run, setting: settings.indexOf(setting) }));
  return `${toJson({ ...plan, settings, runs: numbered })}\n`;
}

/**
 * The plan that a sweep has begun with, whatever versions are installed where it is read; undefined where none has.
 *
 * @throws DatasetFormatError where it is none
 */
export function readPlan(folder: string): SweepPlan | undefined {
  const file = join(folder, planFile);
  if (!existsSync(file)) return undefined;
  try {
    return parsePlan(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new DatasetFormatError(
      `${file} is no plan of a sweep: ${(cause as Error).message}; start dist-gan sweep there again, which writes it anew`,
      file,
      0,
      { cause },
    );
  }
}

const text = v.string('must be a text');
const object = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

/** What a newer version says besides is let be. */
const record = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.looseObject(entries, 'must be an object');
const list = <Item extends v.GenericSchema>(item: Item) => v.array(item, 'must be a list');

const folderName = v.pipe(
  text,
  v.check(
    (name) => !isAbsolute(name) && !name.split(/[\\/]/).includes('..'),
    'must be a folder of the sweep',
  ),
);

const runSpec = record({
  preset: text,
  seed,
  options: object,
  engine: object,
  versions: v.record(text, text, 'must be an object'),
  seconds: v.optional(positive),
});

const planSchema = record({
  definition: record(sweepSchema.entries),
  settings: list(record({ label: text, preset: text, method: v.optional(text), set: object })),
  seeds: list(seed),
  runs: list(
    record({ identity: text, name: folderName, spec: runSpec, setting: v.number('must be a number') }),
  ),
});

function parsePlan(written: string): SweepPlan {
  const { success, output, issues } = v.safeParse(planSchema, fromJson(written));
  if (!success) {
    const [issue] = issues;
    const place = v.getDotPath(issue) ?? 'it';
    throw new TypeError(
      issue.received === 'undefined'
        ? `${place} is missing`
        : `${place} ${issue.message} (got ${issue.received})`,
    );
  }
  const settings = output.settings as readonly Setting[];
  const runs = output.runs.map((run, at) => {
    if (settings[run.setting] !== undefined) return { ...run, setting: settings[run.setting] };
    throw new TypeError(
      `runs.${at}.setting must be a place in settings, which has ${settings.length} (got ${run.setting})`,
    );
  });
  return { ...output, settings, runs };
}
