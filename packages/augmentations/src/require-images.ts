import { ShapeError } from '@dist-gan/core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** @throws ShapeError unless there are images, and as many random numbers as each of them takes */
export function requireImages(
  augmentation: string,
  samples: Tensor,
  numbers: Tensor2D,
  numbersPerSample: number,
): asserts samples is Tensor4D {
  if (samples.rank !== 4) {
    throw new ShapeError(
      `${augmentation}: samples must be images [batch, height, width, channels], got [${samples.shape.join(', ')}]; ` +
        'leave the augmentation out',
      'samples',
      samples.shape,
      '[batch, height, width, channels]',
    );
  }
  const wanted = [samples.shape[0], numbersPerSample];
  if (numbers.shape.join() !== wanted.join()) {
    throw new ShapeError(
      `${augmentation}: numbers has shape [${numbers.shape.join(', ')}], wanted [${wanted.join(', ')}]: ` +
        `${numbersPerSample} for each image`,
      'numbers',
      numbers.shape,
      `[${wanted.join(', ')}]`,
    );
  }
}
