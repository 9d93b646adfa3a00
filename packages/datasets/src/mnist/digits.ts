/** Digits of one part of MNIST, in memory. */
export interface Digits {
  /** One byte per pixel, 0 is background; row-major, image after image. */
  readonly images: Uint8Array;
  /** 0 to 9, one per image. */
  readonly labels: Uint8Array;
}

/** Height and width of a digit in pixels. */
export const side = 28;

/** Pixels of a digit. */
export const pixels = side * side;
