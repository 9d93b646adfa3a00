import type { Dataset } from '@dist-gan/core';
import type { BrokenPicture } from './broken-picture.js';

/** Files of pictures, wherever the folder is. */
export interface PictureFiles {
  readonly folder: string;
  /** Their paths, which begin with the folder's, in the order of the images. */
  readonly files: readonly string[];
}

/** Images from picture files. */
export interface PictureDataset extends Dataset {
  /** What it was made of, broken ones too. */
  readonly pictures: PictureFiles;
  /** Pictures that cannot be used, as far as they were found. */
  readonly broken: readonly BrokenPicture[];
  batch(indices: ArrayLike<number>): Uint8Array | Promise<Uint8Array>;
}
