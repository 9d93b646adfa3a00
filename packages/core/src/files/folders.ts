import { OutputError } from '../errors/index.js';
import { statIfAny } from './stat-if-any.js';
import { isNoFile, linkTarget } from './write-atomically.js';

/** Not imported: this module is loaded in browsers, too, where nobody calls it. */
const paths = () => process.getBuiltinModule('node:path');

/**
 * Makes a folder and those that it lies in, as far as they are missing (Node). Node's own recursive `mkdir` never ends
 * where a file system says that the parent of a new folder is missing although it is there, as `/proc` does.
 *
 * @param remedy what a person can do about a folder that cannot be made
 * @throws OutputError
 */
export function makeFolder(path: string, remedy = 'choose another folder'): void {
  try {
    makeWithParents(paths().resolve(path));
  } catch (cause) {
    throw unwritable(path, cause, remedy);
  }
}

/**
 * Finds out whether files can be written into a folder that need not be there yet (Node), and leaves everything as it
 * was: for work that writes at its end, before it begins.
 *
 * @throws OutputError
 */
export function checkFolderWritable(path: string, remedy = 'choose another folder'): void {
  const { rmSync, rmdirSync, writeFileSync } = process.getBuiltinModule('node:fs');
  const folder = paths().resolve(path);
  const made = missingFolders(folder);
  try {
    makeWithParents(folder);
    const probe = paths().join(folder, `.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
  } catch (cause) {
    throw unwritable(path, cause, remedy);
  } finally {
    for (const empty of made) {
      try {
        rmdirSync(empty);
      } catch {
        // It was not made, or somebody else has put something there.
      }
    }
  }
}

/**
 * Finds out whether a file can be written that need not be there yet, nor its folder (Node), and leaves everything as
 * it was.
 *
 * @throws OutputError
 */
export function checkFileWritable(path: string, remedy = 'choose another file'): void {
  const { accessSync, constants, statSync } = process.getBuiltinModule('node:fs');
  let file;
  try {
    file = statSync(path, { throwIfNoEntry: false });
    if (file !== undefined && !file.isDirectory()) accessSync(path, constants.W_OK);
  } catch (cause) {
    throw unwritable(path, cause, remedy);
  }
  if (file?.isDirectory() === true) {
    throw new OutputError(`${path} is a folder, where a file is to be written; ${remedy}`, path);
  }
  // Files are written beside and then put in their place.
  if (!isNoFile(file)) checkFolderWritable(paths().dirname(linkTarget(path)), remedy);
}

function makeWithParents(path: string): void {
  const { mkdirSync } = process.getBuiltinModule('node:fs');
  const make = () => {
    try {
      mkdirSync(path);
    } catch (error) {
      // It may have been there before, or have been made by somebody else just now.
      if (statIfAny(path)?.isDirectory() !== true) throw error;
    }
  };
  try {
    make();
  } catch (error) {
    const parent = paths().dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    makeWithParents(parent);
    make();
  }
}

/** The folder and those above it that are missing, innermost first. */
function missingFolders(path: string): string[] {
  const { lstatSync } = process.getBuiltinModule('node:fs');
  const missing: string[] = [];
  for (let folder = path; isNothing(folder); folder = paths().dirname(folder)) missing.push(folder);
  return missing;

  function isNothing(folder: string): boolean {
    try {
      return lstatSync(folder, { throwIfNoEntry: false }) === undefined;
    } catch {
      return false;
    }
  }
}

function unwritable(path: string, cause: unknown, remedy: string): OutputError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OutputError(`${path} cannot be written (${reason}); ${remedy}`, path, { cause });
}
