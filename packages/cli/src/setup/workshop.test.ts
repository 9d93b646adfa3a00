import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWholeFolder } from './workshop.js';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'dist-gan-workshop-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const fill = (content: string) => (folder: string) =>
  Promise.resolve(writeFileSync(join(folder, content), ''));

describe('makeWholeFolder', () => {
  it('leaves the folder of another process that was faster', async () => {
    const path = join(cache, 'engine');
    await makeWholeFolder(path, async (temporary) => {
      await fill('ours')(temporary);
      mkdirSync(path);
      await fill('theirs')(path);
    });
    expect(readdirSync(cache)).toEqual(['engine']);
    expect(readdirSync(path)).toEqual(['theirs']);
  });

  it('removes what was left by a process that was killed a day ago, and nothing of one that may be at work', async () => {
    const yesterday = Date.now() / 1000 - 25 * 3600;
    for (const name of ['.building-killed', '.building-at-work', 'other']) mkdirSync(join(cache, name));
    for (const name of ['.building-killed', 'other']) utimesSync(join(cache, name), yesterday, yesterday);
    await makeWholeFolder(join(cache, 'engine'), fill('ours'));
    expect(readdirSync(cache).sort()).toEqual(['.building-at-work', 'engine', 'other']);
  });

  // Permissions stop nobody who may do everything.
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'names another folder where nothing can be written',
    async () => {
      chmodSync(cache, 0o555);
      await expect(makeWholeFolder(join(cache, 'engine'), fill('ours'))).rejects.toSatisfy(
        (error) => isGanError(error, 'OUTPUT_UNWRITABLE') && /DIST_GAN_CACHE$/.test(error.message),
      );
      chmodSync(cache, 0o755);
    },
  );
});
