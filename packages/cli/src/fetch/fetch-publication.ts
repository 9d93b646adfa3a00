import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@dist-gan/core';
import type { Publication, PublishedFile } from '@dist-gan/datasets';
import { downloadFile, checksumOfFile, type DownloadOptions } from './download-file.js';
import { unpackTarGz } from './unpack-tar.js';

export interface FetchOptions extends Pick<DownloadOptions, 'signal' | 'pause' | 'environment'> {
  /** Hears when a file is begun or is there already. */
  readonly onFile?: (name: string, state: 'fetching' | 'unpacking' | 'there') => void;
  readonly onProgress?: (name: string, bytes: number, total: number | undefined) => void;
}

/**
 * Brings all files of a publication into its folder below `dataFolder`. What is there already and right is left as it is.
 *
 * @returns the folder
 * @throws the errors of {@link downloadFile} and {@link unpackTarGz}; OutputError when the folder cannot be made
 */
export async function fetchPublication(
  { folder, files }: Publication,
  dataFolder: string,
  options: FetchOptions,
): Promise<string> {
  const place = join(dataFolder, folder);
  makeFolder(place, 'name another folder with --data or DIST_GAN_DATA');
  for (const file of files) {
    if (await isThere(place, file)) options.onFile?.(file.name, 'there');
    else await fetchFile(place, file, options);
  }
  return place;
}

/** Whether a file, or all that an archive holds, is as published. */
async function isThere(
  place: string,
  { name, checksum, unpacked = [{ path: name, checksum }] }: PublishedFile,
) {
  for (const wanted of unpacked) {
    const path = join(place, wanted.path);
    if (!existsSync(path)) return false;
    if (wanted.checksum === undefined) continue;
    if ((await checksumOfFile(path, wanted.checksum)) !== wanted.checksum) return false;
  }
  return true;
}

async function fetchFile(place: string, file: PublishedFile, options: FetchOptions): Promise<void> {
  const { name, addresses, checksum, unpacked } = file;
  const { signal, pause, environment, onFile, onProgress } = options;
  const target = join(place, name);
  onFile?.(name, 'fetching');
  if (
    unpacked === undefined ||
    !existsSync(target) ||
    (await checksumOfFile(target, checksum)) !== checksum
  ) {
    await downloadFile(
      target,
      { addresses, checksum },
      {
        signal,
        ...(pause !== undefined && { pause }),
        ...(environment !== undefined && { environment }),
        onProgress: (bytes, total) => onProgress?.(name, bytes, total),
      },
    );
  }
  if (unpacked === undefined) return;
  onFile?.(name, 'unpacking');
  await unpackWhole(target, place, signal);
  rmSync(target);
}

/** Unpacks beside the place, so that an unpacking that ends early leaves nothing that looks whole. */
async function unpackWhole(archive: string, place: string, signal: AbortSignal): Promise<void> {
  const beside = mkdtempSync(join(place, 'unpacking-'));
  try {
    await unpackTarGz(archive, beside, signal);
    for (const name of readdirSync(beside)) {
      rmSync(join(place, name), { recursive: true, force: true });
      renameSync(join(beside, name), join(place, name));
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
