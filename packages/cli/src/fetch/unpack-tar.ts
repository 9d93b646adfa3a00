import { createReadStream, createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DatasetFormatError, makeFolder } from '@dist-gan/core';

/** Tar archives are made of blocks: a header for each file, then its content, filled up. */
const blockBytes = 512;

/**
 * Unpacks the files of a `.tar.gz` archive into a folder; links and other things that are no files are passed by. It
 * works through the archive as it is read, whatever its size.
 *
 * @throws DatasetFormatError when it is damaged, or when a file would land outside of the folder
 */
export async function unpackTarGz(archive: string, folder: string, signal: AbortSignal): Promise<void> {
  const fail = (message: string, cause?: unknown): never => {
    throw new DatasetFormatError(
      `${archive} cannot be unpacked: ${message}; remove it and fetch it again`,
      archive,
      0,
      {
        cause,
      },
    );
  };
  const file = createReadStream(archive);
  const stream = file.pipe(createGunzip());
  file.on('error', (error) => stream.destroy(error));
  const reader = new ByteReader(stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>);
  try {
    for (;;) {
      signal.throwIfAborted();
      const header = await reader.take(blockBytes);
      if (header.length === 0 || header.every((byte) => byte === 0)) return;
      const { name, size, isFile } = readHeader(header);
      if (name.split('/').includes('..') || name.startsWith('/')) fail(`${name} lies outside of it`);
      const filler = (blockBytes - (size % blockBytes)) % blockBytes;
      if (isFile) {
        const path = join(folder, name);
        makeFolder(dirname(path));
        await pipeline(reader.pieces(size), createWriteStream(path));
      } else {
        // Never held together: what is passed by may be of any size.
        for await (const _ of reader.pieces(size)) signal.throwIfAborted();
      }
      await reader.take(filler);
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof DatasetFormatError) throw cause;
    fail((cause as Error).message, cause);
  } finally {
    stream.destroy();
    file.destroy();
  }
}

/** What is needed of a header, in the format `ustar`. @throws RangeError when it is none */
function readHeader(header: Buffer): { name: string; size: number; isFile: boolean } {
  const text = (start: number, end: number) => header.toString('latin1', start, end).replace(/\0.*$/s, '');
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  if (sum !== Number.parseInt(text(148, 156), 8)) throw new RangeError('a header has another checksum');
  const size = text(124, 136).trim();
  if (!/^[0-7]+$/.test(size)) throw new RangeError(`the size in a header is "${size}", no octal number`);
  const prefix = text(257, 262) === 'ustar' ? text(345, 500) : '';
  const kind = text(156, 157);
  return {
    name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
    size: Number.parseInt(size, 8),
    isFile: kind === '0' || kind === '',
  };
}

/** Takes counted bytes from a stream of chunks. */
class ByteReader {
  private chunk: Buffer = Buffer.alloc(0);

  constructor(private readonly chunks: AsyncIterator<Buffer>) {}

  /** The next so many bytes; none at the end. @throws RangeError when the stream ends among them */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let left = count;
    while (left > 0) {
      if (this.chunk.length === 0 && !(await this.refill())) break;
      const part = this.chunk.subarray(0, left);
      this.chunk = this.chunk.subarray(part.length);
      parts.push(part);
      left -= part.length;
    }
    if (left > 0 && left < count) throw new RangeError('it is cut off');
    return Buffer.concat(parts);
  }

  async *pieces(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0;) {
      if (this.chunk.length === 0 && !(await this.refill())) throw new RangeError('it is cut off');
      const part = this.chunk.subarray(0, left);
      this.chunk = this.chunk.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  private async refill(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done !== true) this.chunk = next.value;
    return next.done !== true;
  }
}
