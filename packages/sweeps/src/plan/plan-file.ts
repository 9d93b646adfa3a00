import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetFormatError, fromJson, readAs, seed, toJson } from '@dist-gan/core';
import * as v from 'valibot';
import type { Setting } from '../definition/expand.js';
import { sweepSchema } from '../definition/sweep-definition.js';
import type { SweepPlan } from './plan.js';
import { list, plannedRun, record, setting } from './written-plan.js';

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

const planSchema = record({
  definition: record(sweepSchema.entries),
  settings: list(setting),
  seeds: list(seed),
  runs: list(record({ ...plannedRun, setting: v.number('must be a number') })),
});

function parsePlan(written: string): SweepPlan {
  const output = readAs(planSchema, fromJson(written));
  const settings = output.settings as readonly Setting[];
  const runs = output.runs.map((run, at) => {
    if (settings[run.setting] !== undefined) return { ...run, setting: settings[run.setting] };
    throw new TypeError(
      `runs.${at}.setting: must be a place in settings, which has ${settings.length} (got ${run.setting})`,
    );
  });
  return { ...output, settings, runs };
}
