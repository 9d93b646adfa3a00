import type { Canvas } from './canvas.js';

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How images stand in rows. */
export interface ImageRows {
  readonly columns: number;
  /** Images at most. */
  readonly most: number;
  /** Pixels of the picture for each of an image: a whole number. */
  readonly scale: number;
  /** Between two images, in pixels. */
  readonly gap: number;
}

/** How many whole images there are, at most `most`. */
export function countImages(
  images: Uint8Array,
  { height, width, channels }: ImageShape,
  most: number,
): number {
  return Math.min(most, Math.floor(images.length / (height * width * channels)));
}

/** Paints images row by row, the first one with its corner at the place. */
export function paintImages(
  canvas: Canvas,
  images: Uint8Array,
  shape: ImageShape,
  place: { readonly left: number; readonly top: number },
  { columns, most, scale, gap }: ImageRows,
): void {
  const size = shape.height * shape.width * shape.channels;
  for (let i = 0; i < countImages(images, shape, most); i++) {
    canvas.image(
      images.subarray(i * size, (i + 1) * size),
      shape,
      place.left + (i % columns) * (shape.width * scale + gap),
      place.top + Math.floor(i / columns) * (shape.height * scale + gap),
      scale,
    );
  }
}
