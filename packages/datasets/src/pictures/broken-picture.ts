import { DatasetFormatError } from '@dist-gan/core';

/** A picture that cannot be used. */
export interface BrokenPicture {
  readonly file: string;
  readonly reason: string;
}

/** Broken pictures that notices name. */
export const namedAtMost = 5;

/** The error when there is no other. */
export function nothingWhole(id: string, { file, reason }: BrokenPicture): DatasetFormatError {
  return new DatasetFormatError(
    `${id}: no picture can be used; the first is ${file} (${reason}); check the files and the options crop and resize`,
    file,
    0,
  );
}
