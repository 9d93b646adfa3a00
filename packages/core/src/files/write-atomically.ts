import type { Stats } from 'node:fs';
import { statIfAny } from './stat-if-any.js';

/** Not imported: this module is loaded in browsers, too, where nobody calls it. */
const paths = () => process.getBuiltinModule('node:path');

const temporaryName = /^\.\d+\.[a-z\d]+\.tmp$/;

/**
 * Writes a file under a name of its own, flushes it and renames it (Node): whoever reads, also after a crash of the
 * machine, finds the old file or the new one, never half. Two writers of one file do not meet. What is there and no
 * file, such as a pipe or a terminal, is written to as it is, and a link stays one: what it leads to is written.
 *
 * @throws the file system's error, also where the folder is missing; the temporary file is gone then
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync, writeSync } =
    process.getBuiltinModule('node:fs');
  if (isNoFile(statIfAny(path))) return writeFileSync(path, content);
  const target = linkTarget(path);
  const folder = paths().dirname(target);
  const temporary = paths().join(folder, `.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
  try {
    const file = openSync(temporary, 'wx');
    try {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  flushFolder(folder);
}

/** What a path leads to over symbolic links, also where nothing is there yet; of links that lead in a circle, the path itself. */
export function linkTarget(path: string): string {
  const { lstatSync, readlinkSync, realpathSync } = process.getBuiltinModule('node:fs');
  try {
    let target = path;
    // As many as Linux follows.
    for (let links = 0; links < 40; links++) {
      if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return target;
      target = paths().resolve(realpathSync(paths().dirname(target)), readlinkSync(target));
    }
  } catch {
    // Whoever writes there is told.
  }
  return path;
}

/** Whether something is there that a file must not take the place of; a folder refuses by itself. */
export function isNoFile(found: Stats | undefined): boolean {
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Removes what killed processes left in a folder, and in those below it, while they wrote. No other may be writing there. */
export function removeUnfinished(folder: string): void {
  const { readdirSync, rmSync } = process.getBuiltinModule('node:fs');
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = paths().join(folder, entry.name);
    if (entry.isDirectory()) removeUnfinished(path);
    else if (temporaryName.test(entry.name)) rmSync(path, { force: true });
  }
}

/** Names are safe on disk only when their folder is flushed, which Windows neither needs nor allows. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const { closeSync, fsyncSync, openSync } = process.getBuiltinModule('node:fs');
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
