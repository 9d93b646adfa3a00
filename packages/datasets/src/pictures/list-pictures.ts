import { DataNotFoundError } from '@dist-gan/core';
import { builtin } from '../files/file-system.js';

/** Ends of names that are taken for pictures. */
const extensions = ['.png', '.jpg', '.jpeg', '.webp', '.avif', '.tif', '.tiff', '.gif'];

/**
 * The paths of all pictures in a folder and its subfolders, in the order of their names. What is hidden (a name that
 * starts with a dot) is passed by.
 *
 * @throws DataNotFoundError when there is no such folder, or no picture in it
 */
export async function listPictures(folder: string): Promise<string[]> {
  let names: string[];
  try {
    names = await builtin('node:fs').promises.readdir(folder, { recursive: true });
  } catch (cause) {
    throw new DataNotFoundError(`there is no folder ${folder} that can be read; check the path`, folder, {
      cause,
    });
  }
  const pictures = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extensions.some((end) => name.toLowerCase().endsWith(end)))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
    .sort();
  if (pictures.length > 0) return pictures.map((name) => `${folder}/${name}`);
  throw new DataNotFoundError(`${folder} has no pictures (${extensions.join(', ')})`, folder);
}
