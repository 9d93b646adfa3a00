import { planesToPixels } from '../planes-to-pixels.js';

/** Side of the images, in pixels. */
export const side = 32;

const channels = 3;
const plane = side * side;

/** Bytes of an image. */
export const imageBytes = channels * plane;

/** Images `[count, 32, 32, 3]`, red, green and blue of a pixel together, and a class for each. */
export interface CifarBatch {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** From planes of one colour each, as all files store them, to pixels of three. */
export const toPixels = (planes: Uint8Array): Uint8Array => planesToPixels(planes, { plane, channels });
