import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetFormatError, fromJson, toJson } from '@dist-gan/core';
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
    const { runs, settings, ...plan } = fromJson(readFileSync(file, 'utf8')) as Omit<SweepPlan, 'runs'> & {
      readonly runs: readonly (Omit<SweepPlan['runs'][number], 'setting'> & { readonly setting: number })[];
    };
    return { ...plan, settings, runs: runs.map((run) => ({ ...run, setting: settings[run.setting] })) };
  } catch (cause) {
    throw new DatasetFormatError(
      `${file} is no plan of a sweep (${(cause as Error).message}); start dist-gan sweep there again, which writes it anew`,
      file,
      0,
      { cause },
    );
  }
}
