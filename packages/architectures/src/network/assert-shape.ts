import { ShapeError, type NetworkShape } from '@dist-gan/core';

/** Every network needs at least one latent and samples with whole, positive lengths. */
export function assertNetworkShape(
  architecture: string,
  { sampleShape, latentDimension }: NetworkShape,
): void {
  if (!isLength(latentDimension)) {
    throw new ShapeError(
      `${architecture}: latentDimension must be a whole number of 1 or more, got ${latentDimension}`,
      'latentDimension',
      [latentDimension],
      'a whole number of 1 or more',
    );
  }
  if (sampleShape.length === 0 || !sampleShape.every(isLength)) {
    throw new ShapeError(
      `${architecture}: sampleShape must list whole numbers of 1 or more, such as [2] or [28, 28, 1], ` +
        `got [${sampleShape.join(', ')}]`,
      'sampleShape',
      sampleShape,
      'whole numbers of 1 or more',
    );
  }
}

/** Convolutional networks that halve and double images need a height and a width that are multiples of `factor`. */
export function assertDivisibleImage(
  architecture: string,
  shape: NetworkShape,
  factor: number,
  { square = false } = {},
): void {
  const served = square
    ? `[side, side, channels] with a side that is a multiple of ${factor}`
    : `[height, width, channels] with height and width multiples of ${factor}`;
  assertImageShape(architecture, shape, served, (height, width) => {
    return height % factor === 0 && width % factor === 0 && (height === width || !square);
  });
}

/** A convolutional network needs images, and of a size that it can serve. */
export function assertImageShape(
  architecture: string,
  shape: NetworkShape,
  served: string,
  serves: (height: number, width: number) => boolean,
): void {
  assertNetworkShape(architecture, shape);
  const { sampleShape } = shape;
  if (sampleShape.length === 3 && serves(sampleShape[0], sampleShape[1])) return;
  throw new ShapeError(
    `${architecture}: samples must be images of shape ${served}, got [${sampleShape.join(', ')}]; ` +
      `choose another architecture, such as mlp, or another data set`,
    'sampleShape',
    sampleShape,
    served,
  );
}

function isLength(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
