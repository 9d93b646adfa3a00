import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, OutputError, toJson, writeAtomically } from '@dist-gan/core';
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
 */
export function readFailures(folder: string, run: PlannedRun): readonly Failure[] {
  let text: string;
  try {
    text = readFileSync(failuresFile(folder, run), 'utf8');
  } catch {
    return [];
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

/** @throws OutputError when it cannot be written */
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
