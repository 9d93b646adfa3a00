import { DatasetFormatError } from '@dist-gan/core';
import { ElementTypeError, readNpy, type NumberArray } from './npy.js';
import { readZip } from './zip.js';

/** What NumPy's `savez` and `savez_compressed` wrote. */
export interface NpzContent {
  /** By name, without the ending `.npy`. */
  readonly arrays: ReadonlyMap<string, NumberArray & { readonly type: string }>;
  /** Arrays of something else than numbers, and why they cannot be read. */
  readonly unreadable: ReadonlyMap<string, string>;
  /** Files in it that are no arrays. */
  readonly others: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads all arrays of numbers of an `.npz` file; others, such as texts, are passed by.
 *
 * @param file what it is called in messages
 * @throws DatasetFormatError when it is no such file, or damaged
 */
export async function readNpz(bytes: Uint8Array, file: string): Promise<NpzContent> {
  try {
    const arrays = new Map<string, NumberArray & { readonly type: string }>();
    const unreadable = new Map<string, string>();
    const others = new Map<string, Uint8Array>();
    for (const [file, content] of await readZip(bytes)) {
      if (!file.endsWith('.npy')) {
        others.set(file, content);
        continue;
      }
      const name = file.slice(0, -'.npy'.length);
      try {
        arrays.set(name, readNpy(content));
      } catch (cause) {
        const reason = (cause as Error).message;
        if (!(cause instanceof ElementTypeError)) throw new RangeError(`${file}: ${reason}`, { cause });
        unreadable.set(name, reason);
      }
    }
    return { arrays, unreadable, others };
  } catch (cause) {
    throw new DatasetFormatError(
      `${file} is not an .npz file that can be read: ${(cause as Error).message}; make or download it again`,
      file,
      0,
      { cause },
    );
  }
}
