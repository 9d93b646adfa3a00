import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DatasetFormatError, OutputError } from '@dist-gan/core';
import { unpackTar } from 'modern-tar/fs';
import { PartialFileError, sparse, wholeFilesOnly } from './whole-files.js';

/**
 * Unpacks the files of a `.tar.gz` archive into a folder; links and other things that are no files are passed by. It
 * works through the archive as it is read, whatever its size.
 *
 * @throws DatasetFormatError when it is damaged, when a file would land outside of the folder, or when one is not whole in it;
 *   OutputError when the folder cannot be written
 */
export async function unpackTarGz(archive: string, folder: string, signal: AbortSignal): Promise<void> {
  const files = unpackTar(folder, {
    strict: true,
    filter: ({ name, type, pax = {} }) => {
      if (Object.keys(pax).some((key) => key.startsWith('GNU.sparse.'))) {
        throw new PartialFileError(name, sparse);
      }
      return type === 'file';
    },
  });
  try {
    await pipeline(createReadStream(archive), createGunzip(), wholeFilesOnly, files, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    const reason = (cause as Error).message.replace(/\.$/, '');
    // Of the file system: nothing is wrong with the archive.
    if ((cause as NodeJS.ErrnoException).syscall !== undefined) {
      throw new OutputError(
        `${archive} cannot be unpacked: ${reason}; make room or name another folder`,
        folder,
        { cause },
      );
    }
    const remedy =
      cause instanceof PartialFileError
        ? 'unpack it with GNU tar, or pack it again without --sparse and --multi-volume'
        : 'remove it and fetch it again';
    throw new DatasetFormatError(`${archive} cannot be unpacked: ${reason}; ${remedy}`, archive, 0, {
      cause,
    });
  }
}
