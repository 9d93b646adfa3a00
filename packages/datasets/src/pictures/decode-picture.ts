import { DataNotFoundError, DatasetFormatError } from '@dist-gan/core';
import { isMissingSharp, sharpMissing } from './missing-sharp.js';
import { withPicture, type PixelRules, type Pixels } from './pixels.js';

/**
 * Reads a picture file as Pillow's `Image.open(file).convert('RGB')` does, whatever the ending of its name: grey becomes
 * three equal channels, opacity is dropped unless a background is named, of 16-bit grey all above 255 is white, colour
 * profiles and the camera's orientation (but that of TIFF) are not applied, of a film the first picture counts. Equal to the byte
 * but for AVIF, whose decoders differ: by one level, or more at edges where colours were stored at half the size; and for what a
 * GIF without transparency does not reach of its own screen, which is black.
 *
 * @throws DataNotFoundError when there is no such file
 * @throws DatasetFormatError when it cannot be decoded
 * @throws BackendError when sharp is not installed
 */
export async function decodePicture(file: string, rules: PixelRules = {}): Promise<Pixels> {
  try {
    return await withPicture(file, { ...rules, whole: () => true }, ({ read }) => read());
  } catch (cause) {
    if (isMissingSharp(cause)) throw sharpMissing(cause);
    if ((cause as NodeJS.ErrnoException).syscall !== undefined) {
      throw new DataNotFoundError(`${file} cannot be read (${(cause as Error).message})`, file, { cause });
    }
    throw new DatasetFormatError(`${file} cannot be decoded (${reasonOf(cause)})`, file, 0, { cause });
  }
}

function reasonOf(cause: unknown): string {
  return (cause as Error).message.split('\n')[0];
}
