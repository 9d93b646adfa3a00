import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFolderWritable, makeFolder, statIfAny } from '@dist-gan/core';

const prefix = '.building-';
const remedy = 'name another folder with DIST_GAN_CACHE';
/** Milliseconds after which nobody builds any more. */
const abandonedAfter = 24 * 3600 * 1000;

/**
 * Makes a folder whole or not at all: `make` fills a temporary one beside it, which takes its place at the end and
 * is removed when anything fails. Where another process was faster, its folder stays.
 *
 * @throws OutputError where nothing can be written
 */
export async function makeWholeFolder(
  path: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(path);
  makeFolder(parent, remedy);
  checkFolderWritable(parent, remedy);
  removeAbandoned(parent);
  const temporary = mkdtempSync(join(parent, prefix));
  try {
    await make(temporary);
    try {
      renameSync(temporary, path);
    } catch (cause) {
      if (!existsSync(path)) throw cause;
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** What processes have left that were killed: gigabytes, perhaps. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const changed = statIfAny(path)?.mtimeMs ?? Infinity;
    if (name.startsWith(prefix) && Date.now() - changed > abandonedAfter) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
