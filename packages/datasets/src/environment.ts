import { DataNotFoundError } from '@dist-gan/core';
import { exists } from './files/file-system.js';

/** What a data set takes from where it is made, and what is no part of its recorded options. */
export interface DatasetEnvironment {
  /** Folder with data files, in place of {@link dataFolder}. */
  readonly dataFolder?: string;
  /** Hears of everything that a user should know, for instance that other data stand in. */
  readonly onNotice?: (message: string) => void;
}

/** Where data files are looked for when nothing else is said, from the current folder. */
const defaultFolder = '../shared/data';

/**
 * The folder with data files: the environment variable `DIST_GAN_DATA`, else `../shared/data` when that
 * folder exists, else none.
 *
 * @throws DataNotFoundError when `DIST_GAN_DATA` names no folder
 */
export function dataFolder(): string | undefined {
  const named = globalThis.process?.env.DIST_GAN_DATA;
  if (named === undefined || named === '') return exists(defaultFolder) ? defaultFolder : undefined;
  if (exists(named)) return named;
  throw new DataNotFoundError(
    `DIST_GAN_DATA is ${named}, but there is no such folder; create it or unset the variable`,
    named,
  );
}
