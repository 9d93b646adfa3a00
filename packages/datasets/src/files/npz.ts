import { DatasetFormatError } from '@dist-gan/core';
import { readNpy, type NumberArray } from './npy.js';
import { readZip } from './zip.js';

/** What NumPy's `savez` and `savez_compressed` wrote. */
export interface NpzContent {
  /** By name, without the ending `.npy`. */
  readonly arrays: ReadonlyMap<string, NumberArray & { readonly type: string }>;
  /** Files in it that are no arrays. */
  readonly others: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads all arrays of an `.npz` file.
 *
 * @param file what it is called in messages
 * @throws DatasetFormatError when it is no such file, damaged, or has elements that are no numbers
 */
export async function readNpz(bytes: Uint8Array, file: string): Promise<NpzContent> {
  try {
    const arrays = new Map<string, NumberArray & { readonly type: string }>();
    const others = new Map<string, Uint8Array>();
    for (const [name, content] of await readZip(bytes)) {
      if (name.endsWith('.npy')) arrays.set(name.slice(0, -'.npy'.length), readArray(name, content));
      else others.set(name, content);
    }
    return { arrays, others };
  } catch (cause) {
    throw new DatasetFormatError(
      `${file} is not an .npz file that can be read: ${(cause as Error).message}; make or download it again`,
      file,
      0,
      { cause },
    );
  }
}

function readArray(name: string, content: Uint8Array) {
  try {
    return readNpy(content);
  } catch (cause) {
    throw new RangeError(`${name}: ${(cause as Error).message}`, { cause });
  }
}
