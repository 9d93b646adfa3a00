import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkFolderWritable, OutputError, shellWord } from '@dist-gan/core';

export const otherFolder = 'choose another folder';

/** What to type to go on with a run. */
export function resumeCommand(path: string): string {
  return `dist-gan resume ${shellWord(path)}`;
}

/** Where a run goes: exactly `path`, or, when it is taken and may be `numbered`, `path-2`, `path-3`, ... */
export interface RunPlace {
  readonly path: string;
  readonly numbered: boolean;
}

/**
 * Finds out before any work is done whether a run's folder can be made; leaves nothing behind.
 *
 * @throws OutputError
 */
export function checkRunPlace(place: RunPlace): void {
  checkFolderWritable(freePath(place), otherFolder);
}

export function freePath({ path, numbered }: RunPlace): string {
  if (isFree(path)) return path;
  if (!numbered) {
    const holds = existsSync(join(path, 'run.json'))
      ? `holds a run; to go on with it: ${resumeCommand(path)}; for a new one`
      : 'exists and is not an empty folder;';
    throw new OutputError(`${path} ${holds} choose another folder`, path);
  }
  return numberedPath(path, takenPaths(path).length + 1);
}

/** Where runs with this default folder are already, the oldest first. */
export function takenPaths(path: string): string[] {
  const taken: string[] = [];
  for (let count = 1; !isFree(numberedPath(path, count)); count++) taken.push(numberedPath(path, count));
  return taken;
}

function numberedPath(path: string, count: number): string {
  return count === 1 ? path : `${path}-${count}`;
}

function isFree(path: string): boolean {
  const kind = kindOf(path);
  return kind === 'nothing' || (kind === 'folder' && readdirSync(path).length === 0);
}

function kindOf(path: string): 'nothing' | 'file' | 'folder' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
