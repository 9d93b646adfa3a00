import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  DataNotFoundError,
  DatasetFormatError,
  fromJson,
  OptionError,
  toJson,
  writeAtomically,
} from '@dist-gan/core';
import type { SweepDefinition } from '../definition/sweep-definition.js';
import type { PlannedRun } from '../plan/plan.js';

/** Runs that the tasks of an array job train: task k has the runs k, k + tasks, k + 2 tasks and so on, counted from 0. */
export interface RunList {
  readonly tasks: number;
  readonly keep: SweepDefinition['keep'];
  readonly runs: readonly PlannedRun[];
}

/** A list of runs as it is in the folder of a sweep. */
export interface WrittenRunList extends RunList {
  readonly file: string;
  /** Of what it says; part of the file's name. */
  readonly digest: string;
}

/**
 * Fixes which run is which number, in a file of the sweep's folder that is called by its content: a job that waits for its turn has
 * the runs that it was made for, whatever the sweep has become by then.
 */
export function writeRunList(folder: string, list: RunList): WrittenRunList {
  const text = `${toJson({ ...list })}\n`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const file = join(folder, `runs-${digest}.json`);
  writeAtomically(file, text);
  return { ...list, file, digest };
}

/** @throws DataNotFoundError, DatasetFormatError where it is no such list */
export function readRunList(file: string): RunList {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DataNotFoundError(
      `${file}: there is no such list of runs; give the one that dist-gan sweep --print has written, as this machine names it`,
      file,
      { cause },
    );
  }
  try {
    const list = fromJson(text) as Partial<RunList> | null;
    if (Array.isArray(list?.runs) && Number.isSafeInteger(list.tasks)) return list as RunList;
  } catch {
    // The same as one that says something else.
  }
  throw new DatasetFormatError(
    `${file} is no list of runs; print the job again with dist-gan sweep --print`,
    file,
    0,
  );
}

/** The folder of the sweep that a list belongs to. */
export function folderOfList(file: string): string {
  return dirname(resolve(file));
}

/** @throws OptionError when there is no such task */
export function runsOfTask({ tasks, runs }: RunList, index: number): readonly PlannedRun[] {
  if (index >= tasks) {
    throw new OptionError(
      `--index must be below ${tasks}, the number of tasks of the list (got ${index})`,
      '--index',
      index,
    );
  }
  return runs.filter((_, i) => i % tasks === index);
}
