import type { Dataset } from '@dist-gan/core';
import type { BrokenPicture } from './broken-picture.js';

/** Images from picture files. */
export interface PictureDataset extends Dataset {
  /** Pictures that cannot be used, as far as they were found. */
  readonly broken: readonly BrokenPicture[];
  batch(indices: ArrayLike<number>): Uint8Array | Promise<Uint8Array>;
}
