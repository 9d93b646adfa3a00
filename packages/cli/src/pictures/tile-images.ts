import type { Pixels } from './chart/index.js';

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
function countImages(images: Uint8Array, { height, width, channels }: ImageShape, most: number): number {
  return Math.min(most, Math.floor(images.length / (height * width * channels)));
}

/** Images row by row on white, each of their pixels as a square. There is at least one row, of white where there are none. */
export function tileImages(
  images: Uint8Array,
  shape: ImageShape,
  { columns, most, scale, gap }: ImageRows,
): Pixels {
  const drawn = countImages(images, shape, most);
  const [across, down] = [shape.width * scale + gap, shape.height * scale + gap];
  const width = columns * across - gap;
  const height = Math.max(1, Math.ceil(drawn / columns)) * down - gap;
  const pixels = new Uint8Array(3 * width * height).fill(255);
  const size = shape.height * shape.width * shape.channels;
  for (let image = 0; image < drawn; image++) {
    const corner = Math.floor(image / columns) * down * width + (image % columns) * across;
    for (let y = 0; y < shape.height * scale; y++) {
      for (let x = 0; x < shape.width * scale; x++) {
        const source =
          image * size + (Math.floor(y / scale) * shape.width + Math.floor(x / scale)) * shape.channels;
        const target = 3 * (corner + y * width + x);
        for (let channel = 0; channel < 3; channel++) {
          pixels[target + channel] = images[source + (shape.channels === 1 ? 0 : channel)];
        }
      }
    }
  }
  return { pixels, width, height };
}
