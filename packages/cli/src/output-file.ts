import { dirname } from 'node:path';
import { makeFolder, OutputError, writeAtomically } from '@dist-gan/core';

/** What helps where the file of `--out` cannot be written. */
export const otherFile = 'choose another file with --out';

/** Writes the file of `--out`, whole or not at all, and makes its folder. @throws OutputError when it cannot be written */
export function writeOutputFile(file: string, content: Uint8Array): void {
  makeFolder(dirname(file), otherFile);
  try {
    writeAtomically(file, content);
  } catch (cause) {
    throw new OutputError(`${file} cannot be written (${(cause as Error).message}); ${otherFile}`, file, {
      cause,
    });
  }
}
