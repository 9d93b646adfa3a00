import { makeFolder } from './folders.js';

/**
 * Writes a file that readers see whole or not at all (Node): under a name of its own, which is gone when writing fails,
 * and then renamed. Two writers of one file do not meet. Its folder is made where it is missing.
 *
 * @throws OutputError when the folder cannot be made; the file system's error
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const { renameSync, rmSync, writeFileSync } = process.getBuiltinModule('node:fs');
  const paths = process.getBuiltinModule('node:path');
  const folder = paths.dirname(path);
  makeFolder(folder);
  const temporary = paths.join(folder, `.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
