import type { FileHandle } from 'node:fs/promises';
import type { Reader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { makeFolder } from '@dist-gan/core';
import { builtin } from './file-system.js';
import { here, library } from './zip-library.js';

/**
 * Unpacks the files of a zip archive whose names match into a folder, each checked against its checksum. Neither the archive
 * nor a file of it is held in memory: it works from disk to disk, whatever their size. (Node)
 *
 * @returns the names of what was unpacked, as they are in the archive
 * @throws RangeError saying what is wrong: cut off, changed, a name that leads out of the folder
 */
export async function unpackZip(
  archive: string,
  matching: RegExp,
  folder: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const { ZipReader } = await library();
  const paths = builtin('node:path');
  const { createWriteStream } = builtin('node:fs');
  const { Writable } = builtin('node:stream');
  const file = await builtin('node:fs').promises.open(archive);
  const names: string[] = [];
  let reading = archive;
  try {
    const reader = new ZipReader(await readerOf(file), { ...here, checkSignature: true });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || !matching.test(entry.filename)) continue;
      reading = `${entry.filename} in ${archive}`;
      const path = paths.join(folder, entry.filename);
      makeFolder(paths.dirname(path));
      await entry.getData(Writable.toWeb(createWriteStream(path)), signal && { signal });
      names.push(entry.filename);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if ((cause as NodeJS.ErrnoException).code !== undefined) throw cause;
    throw new RangeError(`${reading} is damaged: ${(cause as Error).message}`, { cause });
  } finally {
    await file.close();
  }
  return names;
}

/** What zip.js reads by: any place of a file. */
async function readerOf(file: FileHandle): Promise<Reader<FileHandle>> {
  const { Reader } = await library();
  const { size } = await file.stat();
  class FileReader extends Reader<FileHandle> {
    override size = size;
    override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    }
  }
  return new FileReader(file);
}
