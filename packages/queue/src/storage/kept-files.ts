import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, writeAtomically } from '@dist-gan/core';
import { runPool } from '@dist-gan/sweeps';
import type { Bucket } from './bucket.js';
import { contentKey, type KeptFile } from './manifest.js';

/** Files in memory at a time. */
const atOnce = 8;

/** Whoever keeps or brings a run does so to the end. */
const never = new AbortController().signal;

/**
 * Puts files into a bucket, but for those whose contents are there.
 *
 * @param folder in which they are, under their paths
 * @param there contents that need not be put again
 */
export async function putFiles(
  bucket: Bucket,
  run: string,
  folder: string,
  paths: readonly string[],
  there: readonly KeptFile[],
): Promise<readonly KeptFile[]> {
  const known = new Set(there.map(({ sha256 }) => sha256));
  const kept: KeptFile[] = [];
  await runPool(paths, atOnce, never, async (path) => {
    const content = new Uint8Array(readFileSync(join(folder, path)));
    const file = { path, bytes: content.length, sha256: digest(content) };
    if (!known.has(file.sha256)) await bucket.put(contentKey(run, file), content);
    known.add(file.sha256);
    kept.push(file);
  });
  return kept.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns the files whose contents are missing or damaged, which were not written */
export async function getFiles(
  bucket: Bucket,
  run: string,
  folder: string,
  files: readonly KeptFile[],
): Promise<readonly KeptFile[]> {
  const damaged: KeptFile[] = [];
  await runPool(files, atOnce, never, async (file) => {
    const bytes = (await bucket.get(contentKey(run, file)))?.bytes;
    if (bytes === undefined || digest(bytes) !== file.sha256) return void damaged.push(file);
    const path = join(folder, file.path);
    makeFolder(dirname(path));
    writeAtomically(path, bytes);
  });
  return damaged;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
