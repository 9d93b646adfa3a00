import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetFormatError, makeFolder, OutputError, toJson, writeAtomically } from '@dist-gan/core';
import type { PlannedRun } from '../plan/plan.js';

/** A try of a run that an error ended. */
export interface Failure {
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string;
  readonly reason: string;
}

/** Where the tries of a run are, that an error ended. */
export function failuresFile(folder: string, { name }: PlannedRun): string {
  return join(folder, 'failures', `${name}.jsonl`);
}

/**
 * The tries of a run that an error ended, the first one first. They are beside the run, which may have failed before it had a folder,
 * and not in the index, which whoever trains on another machine does not write.
 *
 * @param folder of the sweep
 * @throws DatasetFormatError when there are such tries, and they cannot be read
 */
export function readFailures(folder: string, run: PlannedRun): readonly Failure[] {
  const file = failuresFile(folder, run);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    const wayOut = 'make it readable, or remove it to try the run as if it had never failed';
    throw new DatasetFormatError(`${file} cannot be read (${message}); ${wayOut}`, file, 0, { cause });
  }
  return text.split('\n').flatMap(readLine);
}

/** Nothing of a line that somebody has cut: it gives no reason. */
function readLine(line: string): Failure[] {
  try {
    return [JSON.parse(line) as Failure];
  } catch {
    return [];
  }
}

/** @throws OutputError when it cannot be written, and what {@link readFailures} throws */
export function addFailure(folder: string, run: PlannedRun, failure: Failure): void {
  const file = failuresFile(folder, run);
  makeFolder(join(folder, 'failures'));
  const lines = [...readFailures(folder, run), failure].map((each) => `${toJson(each)}\n`);
  try {
    writeAtomically(file, lines.join(''));
  } catch (cause) {
    throw new OutputError(
      `${file} cannot be written (${(cause as Error).message}); make room, and start the sweep again`,
      file,
      { cause },
    );
  }
}

/** Lets it be tried as if it never had been. */
export function forgetFailures(folder: string, run: PlannedRun): void {
  rmSync(failuresFile(folder, run), { force: true });
}
