import { DataNotFoundError } from '@dist-gan/core';
import { builtin } from '../files/file-system.js';

/** Ends of names that are taken for pictures: those of the kinds that sharp reads. */
const extensions = ['.png', '.jpg', '.jpeg', '.jpe', '.jfif', '.webp', '.avif', '.tif', '.tiff', '.gif'];

/** The pictures of a folder. */
export interface PictureList {
  /** Their paths, in the order of their names. */
  readonly files: readonly string[];
  /** What a user should know: which other files there are, and why they do not count. */
  readonly notices: readonly string[];
}

/**
 * All pictures in a folder and its subfolders. What is hidden (a name that starts with a dot) is passed by. Links are
 * followed, and every folder counts once, however many ways lead to it.
 *
 * @throws DataNotFoundError when there is no such folder, one in it that cannot be read, or no picture in it
 */
export async function listPictures(folder: string): Promise<PictureList> {
  const names = await namesBelow(folder);
  const isPicture = (name: string) => extensions.includes(extensionOf(name));
  const files = names
    .filter(isPicture)
    .sort()
    .map((name) => `${folder}/${name}`);
  const others = names.filter((name) => !isPicture(name));
  if (files.length === 0) {
    const found = others.length === 0 ? 'it has no files' : `it has ${counted(others)}`;
    throw new DataNotFoundError(`${folder} has no pictures (${extensions.join(', ')}); ${found}`, folder);
  }
  return { files, notices: others.length === 0 ? [] : [leftOut(folder, others)] };
}

/** Paths of all files from the folder on, each folder once: real ones before those that a link leads to. */
async function namesBelow(folder: string): Promise<string[]> {
  const fs = builtin('node:fs').promises;
  const seen = new Set<string>();
  const files: string[] = [];
  const links: string[] = [];
  const visit = async (path: string) => {
    const place = path === '' ? folder : `${folder}/${path}`;
    try {
      const real = await fs.realpath(place);
      if (seen.has(real)) return;
      seen.add(real);
      const entries = await fs.readdir(place, { withFileTypes: true });
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.name.startsWith('.')) continue;
        const below = path === '' ? entry.name : `${path}/${entry.name}`;
        if (entry.isDirectory()) await visit(below);
        else if (entry.isSymbolicLink() && (await isFolder(`${folder}/${below}`))) links.push(below);
        else if (entry.isSymbolicLink() || entry.isFile()) files.push(below);
      }
    } catch (cause) {
      if (cause instanceof DataNotFoundError) throw cause;
      throw new DataNotFoundError(
        `there is no folder ${place} that can be read (${(cause as Error).message}); check the path`,
        place,
        { cause },
      );
    }
  };
  await visit('');
  for (let link = links.shift(); link !== undefined; link = links.shift()) await visit(link);
  return files;
}

/** A link that leads nowhere is no folder: as a file, it is found to be broken. */
async function isFolder(path: string): Promise<boolean> {
  const stat = await builtin('node:fs')
    .promises.stat(path)
    .catch(() => undefined);
  return stat?.isDirectory() ?? false;
}

function extensionOf(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  return dot < 0 ? '' : file.slice(dot).toLowerCase();
}

function leftOut(folder: string, others: readonly string[]): string {
  const bitmaps = others.some((name) => /\.(bmp|pp?m|pgm|pbm|tga|heic|jxl|jp2)$/i.test(name));
  const remedy = bitmaps
    ? '; convert pictures of other kinds, to PNG for instance, if they belong to the set'
    : '';
  return `${folder}: ${counted(others)} left out: pictures are read from ${extensions.join(', ')}${remedy}`;
}

/** For instance `41 files (40 .bmp, 1 .txt)`. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(extensionOf(name), (counts.get(extensionOf(name)) ?? 0) + 1);
  const kinds = [...counts].map(([extension, count]) => `${count} ${extension || 'without an ending'}`);
  return `${names.length} ${names.length === 1 ? 'file' : 'files'} (${kinds.join(', ')})`;
}
