import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/**
 * Folders for the tests of one file, removed behind them.
 *
 * @returns makes a new folder with these files; a name may have folders in it
 */
export function scratchFolders(): (files?: Readonly<Record<string, Uint8Array>>) => string {
  let scratch = '';
  let made = 0;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'dist-gan-datasets-'));
  });
  afterAll(() => rmSync(scratch, { recursive: true }));
  return (files = {}) => {
    const folder = join(scratch, String(made++));
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    return folder;
  };
}
