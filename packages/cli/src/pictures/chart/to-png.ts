import { BackendError } from '@dist-gan/core';
import type sharp from 'sharp';
import { bringFont } from './font.js';

/** Rows of pixels of red, green and blue. */
export interface Pixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels that lie on a drawing as they are. */
export interface PlacedPixels extends Pixels {
  readonly left: number;
  readonly top: number;
}

/** Flat graphics compress as well unfiltered, in less time. */
const pngOptions = { compressionLevel: 6, adaptiveFiltering: false } as const;

/**
 * A drawing as a PNG file.
 *
 * @param density pixels of the picture for each of the drawing; of a picture with placed pixels, 1
 * @throws BackendError when sharp cannot be loaded
 */
export async function toPng(
  svg: string,
  { density = 1, placed = [] }: { density?: number; placed?: readonly PlacedPixels[] } = {},
): Promise<Uint8Array> {
  const draw = await loadSharp();
  const onTop = placed.map(({ pixels, width, height, left, top }) => ({
    input: Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength),
    raw: { width, height, channels: 3 as const },
    left,
    top,
  }));
  return draw(Buffer.from(svg), { density: 72 * density })
    .composite(onTop)
    .removeAlpha()
    .png(pngOptions)
    .toBuffer();
}

/** @throws BackendError when sharp cannot be loaded */
export async function pixelsToPng({ pixels, width, height }: Pixels): Promise<Uint8Array> {
  const draw = await loadSharp();
  return draw(pixels, { raw: { width, height, channels: 3 } })
    .png(pngOptions)
    .toBuffer();
}

/** The library that makes pixels of drawings, told of the font. @throws BackendError when it cannot be loaded */
export async function loadSharp(): Promise<typeof sharp> {
  bringFont();
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new BackendError(
      'pictures are written with sharp, which has no binary here; install it with the packages that it asks for ' +
        '(npm install --include=optional sharp)',
      'sharp',
      { cause },
    );
  }
}
