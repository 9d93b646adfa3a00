import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '@dist-gan/core';

/**
 * Makes a folder whole or not at all: `make` fills a temporary one beside it, which takes its place at the end and
 * is removed when anything fails.
 */
export async function makeWholeFolder(
  path: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  makeFolder(dirname(path), 'name another folder with DIST_GAN_CACHE');
  const temporary = mkdtempSync(join(dirname(path), '.building-'));
  try {
    await make(temporary);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
