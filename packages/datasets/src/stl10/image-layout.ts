/** Side of the published images, in pixels. */
export const publishedSide = 96;

export const channels = 3;

/** Bytes of a published image. */
export const imageBytes = channels * publishedSide ** 2;

/**
 * Brings one image from the published layout (a plane for each colour, column after column) to rows of pixels.
 *
 * With `side` 48 a pixel is the mean of the four that it covers, rounded, halves up: OpenCV's INTER_AREA, and
 * what the Dist-GAN authors' bilinear resize without antialiasing comes to at exactly this factor.
 */
export function arrangeImage(published: Uint8Array, side: 96 | 48, image: Uint8Array): void {
  const plane = publishedSide ** 2;
  for (let channel = 0; channel < channels; channel++) {
    const from = channel * plane;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        image[(y * side + x) * channels + channel] =
          side === publishedSide
            ? published[from + x * publishedSide + y]
            : meanOfFour(published, from + 2 * (x * publishedSide + y));
      }
    }
  }
}

/** Of a pixel, the one below and the two in the next column. */
function meanOfFour(published: Uint8Array, at: number): number {
  const next = at + publishedSide;
  return (published[at] + published[at + 1] + published[next] + published[next + 1] + 2) >> 2;
}
