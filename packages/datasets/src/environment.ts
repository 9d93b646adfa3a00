import { DataNotFoundError } from '@dist-gan/core';
import { exists, isFile } from './files/file-system.js';

/** What a data set takes from where it is made, and what is no part of its recorded options. */
export interface DatasetEnvironment {
  /** Folder with data files, in place of {@link dataFolder}. */
  readonly dataFolder?: string;
  /** Hears of everything that a user should know, for instance that other data stand in. */
  readonly onNotice?: (message: string) => void;
}

/** Where data files are looked for when nothing else is said, in the current folder. */
const defaultFolder = 'data';

/**
 * The folder with data files: the environment variable `DIST_GAN_DATA`, else `data` where there is such a folder, else
 * none.
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

/** The folder where a data set looks for its files: the option, else the environment's, else {@link dataFolder}. */
export function placeOfFiles(
  folder: string | undefined,
  environment: DatasetEnvironment,
): string | undefined {
  return folder ?? environment.dataFolder ?? dataFolder();
}

/**
 * The folder, among those where they may lie, that has one of the files.
 *
 * @param subfolders paths below `place`, in order of preference; `.` is the place itself
 */
export function findFolder(
  place: string | undefined,
  subfolders: readonly string[],
  files: readonly string[],
): string | undefined {
  if (place === undefined) return undefined;
  return subfolders
    .map((subfolder) => (subfolder === '.' ? place : `${place}/${subfolder}`))
    .find((folder) => files.some((name) => isFile(`${folder}/${name}`)));
}

/**
 * The error for files that are not where they were looked for.
 *
 * @param files what they are, for instance `idx files`
 * @param remedy how a user gets them
 */
export function filesNotFound(
  id: string,
  files: string,
  place: string | undefined,
  remedy: string,
): DataNotFoundError {
  const where = place === undefined ? 'without a data folder' : `in ${place}`;
  return new DataNotFoundError(`${id}: no ${files} ${where}; ${remedy}`, place ?? id);
}
