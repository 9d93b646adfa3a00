import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DataNotFoundError,
  DatasetFormatError,
  fromJson,
  OptionError,
  positiveInteger,
  readAs,
  toJson,
  writeAtomically,
} from '@dist-gan/core';
import { sweepSchema, type SweepDefinition } from '../definition/sweep-definition.js';
import type { PlannedRun } from '../plan/plan.js';
import { list, plannedRun, record, setting } from '../plan/written-plan.js';

/** Runs that the tasks of an array job train: task k has the runs k, k + tasks, k + 2 tasks and so on, counted from 0. */
export interface RunList {
  readonly tasks: number;
  readonly keep: SweepDefinition['keep'];
  readonly runs: readonly PlannedRun[];
}

const runListSchema = record({
  tasks: positiveInteger,
  keep: sweepSchema.entries.keep,
  runs: list(record({ ...plannedRun, setting })),
});

/** A list of runs as it is written. */
export interface WrittenRunList extends RunList {
  /** Of what it says; part of its name. */
  readonly digest: string;
  /** Of its file. */
  readonly name: string;
  readonly file: string;
}

/**
 * Fixes which run is which number, in a file of the sweep's folder that is called by its content: a job that waits for its turn has
 * the runs that it was made for, whatever the sweep has become by then.
 */
export function writeRunList(folder: string, list: RunList): WrittenRunList {
  const text = `${toJson({ ...list })}\n`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const name = `runs-${digest}.json`;
  const file = join(folder, name);
  writeAtomically(file, text);
  return { ...list, file, name, digest };
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
  return parseRunList(text, file);
}

/**
 * What a list says.
 *
 * @param name of the list, for the error
 * @throws DatasetFormatError where it is none
 */
export function parseRunList(text: string, name: string): RunList {
  try {
    return readAs(runListSchema, fromJson(text)) as RunList;
  } catch (cause) {
    throw new DatasetFormatError(
      `${name} is no list of runs: ${(cause as Error).message}; print the job again with dist-gan sweep --print`,
      name,
      0,
      { cause },
    );
  }
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
