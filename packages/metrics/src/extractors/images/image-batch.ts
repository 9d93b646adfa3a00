import { ShapeError } from '@dist-gan/core';

/** Images as bytes, which is what every published way to compute FID starts from. */
export interface ImageBatch {
  /** `[count, height, width, channels]`, row-major, 0 to 255. */
  readonly data: Uint8Array;
  readonly count: number;
  /** `[height, width, channels]` of one image. */
  readonly sampleShape: readonly number[];
}

/** Height, width and channels of the images. @throws ShapeError when shape, count and data do not fit together */
export function checkImages(
  where: string,
  { data, count, sampleShape }: ImageBatch,
): { height: number; width: number; channels: number } {
  const [height, width, channels] = sampleShape;
  if (sampleShape.length !== 3 || !sampleShape.every((size) => Number.isInteger(size) && size > 0)) {
    throw new ShapeError(
      `${where}: images must have shape [height, width, channels], got [${sampleShape.join(', ')}]`,
      'sampleShape',
      sampleShape,
      '[height, width, channels]',
    );
  }
  const wanted = count * height * width * channels;
  if (data.length !== wanted) {
    throw new ShapeError(
      `${where}: ${count} images of shape [${sampleShape.join(', ')}] are ${wanted} bytes, got ${data.length}`,
      'data',
      [data.length],
      `[${wanted}]`,
    );
  }
  return { height, width, channels };
}

/** Some of the images, without a copy. */
export function sliceImages({ data, sampleShape }: ImageBatch, start: number, end: number): ImageBatch {
  const length = sampleShape.reduce((product, size) => product * size, 1);
  return { data: data.subarray(start * length, end * length), count: end - start, sampleShape };
}
