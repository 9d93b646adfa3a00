import { linkSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '@dist-gan/core';

/** Of the folder in which a snapshot is made: hidden, as all that is no part of a run. */
const place = '.snapshot';

export interface Snapshot {
  readonly folder: string;
  /** Of its files, below it. */
  readonly paths: readonly string[];
  remove(): void;
}

/**
 * What is in a folder, while a run may be writing there: all checkpoints are of one moment, and all else, which is only added to or
 * replaced, is of that moment or after it. A run goes on from that as if it had been killed then.
 *
 * @param parts names in the folder that are wanted
 */
export function takeSnapshot(folder: string, parts: readonly string[]): Snapshot {
  const into = join(folder, place);
  for (;;) {
    rmSync(into, { recursive: true, force: true });
    const before = checkpointsIn(folder, parts);
    const paths = filesIn(folder, parts);
    const linked = paths.filter((path) => link(join(folder, path), join(into, path)));
    // While files were linked, the run may have written a checkpoint.
    if (linked.length === paths.length && checkpointsIn(folder, parts) === before)
      return { folder: into, paths, remove: () => rmSync(into, { recursive: true, force: true }) };
  }
}

/** What tells whether there are other checkpoints than before: empty where there is none. */
export function checkpointsIn(folder: string, parts: readonly string[]): string {
  return filesIn(folder, parts)
    .filter((path) => path.endsWith('.safetensors'))
    .map((path) => {
      const { ino, size, mtimeMs } = statSync(join(folder, path), { throwIfNoEntry: false }) ?? {};
      return [path, ino, size, mtimeMs].join(':');
    })
    .join('\n');
}

/** Without locks and what is being written, whose names begin with a dot. */
function filesIn(folder: string, parts: readonly string[]): string[] {
  return parts.flatMap((part) => {
    const stats = statSync(join(folder, part), { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (!stats.isDirectory()) return [part];
    const names = readdirSync(join(folder, part)).filter((name) => !name.startsWith('.'));
    return filesIn(
      folder,
      names.map((name) => `${part}/${name}`),
    );
  });
}

function link(path: string, to: string): boolean {
  makeFolder(dirname(to));
  try {
    linkSync(path, to);
    return true;
  } catch (error) {
    // It was there a moment ago.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
