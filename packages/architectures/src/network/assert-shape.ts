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

function isLength(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
