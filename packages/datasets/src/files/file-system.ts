import type crypto from 'node:crypto';
import type fs from 'node:fs';
import type os from 'node:os';
import type path from 'node:path';
import type stream from 'node:stream';
import type workerThreads from 'node:worker_threads';
import type zlib from 'node:zlib';
import { BackendError, DataNotFoundError, statIfAny } from '@dist-gan/core';

/**
 * Node's own modules, asked for when a file is read and not when this package is imported: what needs no
 * file (the drawn mixtures) also runs in a browser.
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const found = builtinIfAny(name);
  if (found !== undefined) return found;
  throw new DataNotFoundError(
    'data files can be read in Node only; here, use a data set that is drawn',
    name,
  );
}

/** None outside of Node. @throws BackendError for a Node that is too old to be asked */
function builtinIfAny<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> };
  if (process?.versions?.node !== undefined && process.getBuiltinModule === undefined) {
    throw new BackendError(
      `this is Node ${process.versions.node}, which is too old to read data files; use Node 20.19 or newer`,
      'node',
    );
  }
  return process?.getBuiltinModule?.(name);
}

interface Builtins {
  'node:crypto': typeof crypto;
  'node:fs': typeof fs;
  'node:os': typeof os;
  'node:path': typeof path;
  'node:stream': typeof stream;
  'node:worker_threads': typeof workerThreads;
  'node:zlib': typeof zlib;
}

/** Whether there is a file or folder at the path. Outside of Node there never is. */
export function exists(path: string): boolean {
  return builtinIfAny('node:fs')?.existsSync(path) ?? false;
}

/** Whether there is a file, and not a folder, at the path. */
export function isFile(path: string): boolean {
  return builtinIfAny('node:fs') !== undefined && statIfAny(path)?.isFile() === true;
}

/** The year in which a file or folder that exists was last changed. */
export function yearOf(path: string): number {
  return builtin('node:fs').statSync(path).mtime.getFullYear();
}

/**
 * The whole file, of any size that there is memory for.
 *
 * @param remedy what a user can do about it when the file is not there
 * @throws DataNotFoundError when it is not there or cannot be read
 */
export function readBytes(path: string, remedy: string): Uint8Array {
  return reading(path, remedy, () => readWhole(path));
}

/** @throws DataNotFoundError for what the file system throws */
function reading<Result>(path: string, remedy: string, task: () => Result): Result {
  try {
    return task();
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    const what = code === 'ENOENT' ? 'there is no file' : `cannot read (${code ?? message})`;
    throw new DataNotFoundError(`${what} ${path}; ${remedy}`, path, { cause });
  }
}

/** Node reads no file of more than 2 GiB at once. */
const readAtOnce = 2 ** 30;

function readWhole(path: string): Uint8Array {
  const fs = builtin('node:fs');
  const file = fs.openSync(path, 'r');
  try {
    const bytes = new Uint8Array(fs.fstatSync(file).size);
    let read = 0;
    while (read < bytes.length) {
      const more = fs.readSync(file, bytes, read, Math.min(readAtOnce, bytes.length - read), null);
      if (more === 0) break;
      read += more;
    }
    return bytes.subarray(0, read);
  } finally {
    fs.closeSync(file);
  }
}

/** The records of a file that may be larger than what can be read at once. */
interface FileRecords {
  /** How many whole ones there are. */
  readonly count: number;
  /** Bytes behind the last whole one. */
  readonly bytesLeft: number;
  /** The whole ones, some at a time; a piece is overwritten by the next. */
  pieces(): Generator<Uint8Array, void, undefined>;
}

/** @throws DataNotFoundError when the file is not there or cannot be read; that may come to light with the first piece */
export function readRecords(path: string, recordBytes: number, recordsAtOnce: number): FileRecords {
  const fs = builtin('node:fs');
  const remedy = 'check that it is a file that you may read';
  const bytes = reading(path, remedy, () => fs.statSync(path).size);
  const count = Math.floor(bytes / recordBytes);
  return {
    count,
    bytesLeft: bytes - count * recordBytes,
    *pieces() {
      const buffer = new Uint8Array(recordBytes * recordsAtOnce);
      const file = reading(path, remedy, () => fs.openSync(path, 'r'));
      try {
        for (let left = count * recordBytes; left > 0;) {
          const wanted = Math.min(left, buffer.length);
          let read = 0;
          while (read < wanted) {
            const more = reading(path, remedy, () => fs.readSync(file, buffer, read, wanted - read, null));
            if (more === 0) throw new DataNotFoundError(`${path} ended while it was read; try again`, path);
            read += more;
          }
          left -= read;
          yield buffer.subarray(0, read);
        }
      } finally {
        fs.closeSync(file);
      }
    },
  };
}
