import { BackendError, DatasetFormatError } from '@dist-gan/core';
import type Sharp from 'sharp';

/** A decoded picture. */
export interface Picture {
  /** `[height, width, 3]`, row-major: red, green, blue. */
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Reads a picture file as Pillow's `Image.open(file).convert('RGB')` does: grey becomes three equal channels, opacity
 * is dropped, colour profiles and the camera's orientation are not applied.
 *
 * @throws DatasetFormatError when the file cannot be decoded
 * @throws BackendError when sharp is not installed
 */
export async function decodePicture(file: string): Promise<Picture> {
  const sharp = await loadSharp();
  try {
    const { data, info } = await sharp(file, { ignoreIcc: true, failOn: 'error' })
      .removeAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, height: info.height, width: info.width };
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0];
    throw new DatasetFormatError(`${file} cannot be decoded (${reason})`, file, 0, { cause });
  }
}

async function loadSharp(): Promise<typeof Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new BackendError('pictures are read with sharp; install it (npm install sharp)', 'sharp', {
      cause,
    });
  }
}
