import { positiveInteger, RandomStream, resolveOptions, seed, type Dataset } from '@dist-gan/core';
import * as v from 'valibot';
import { assertIndices } from '../assert-indices.js';
import type { DatasetEnvironment } from '../environment.js';
import { planesToPixels } from '../planes-to-pixels.js';
import { pixels, side } from './digits.js';
import { mnist, mnistEntries } from './mnist.js';

const schema = v.strictObject({
  /** How many images there are. They are made when they are asked for, so a large number costs nothing. */
  samples: v.optional(v.pipe(positiveInteger, v.maxValue(2 ** 32, 'must be at most 2^32')), 1_000_000),
  seed: v.optional(seed, 0),
  // Which digits are stacked: options of MNIST.
  ...mnistEntries,
});

export type Mnist1kOptions = v.InferInput<typeof schema>;

const channels = 3;

/** Images of three digits, with 1000 classes. */
export interface StackedDigits extends Dataset {
  readonly labels: Uint16Array;
  batch(indices: ArrayLike<number>): Uint8Array;
}

/**
 * MNIST-1K, or stacked MNIST: 28 x 28 colour images whose red, green and blue are three digits of MNIST, drawn
 * independently and with replacement; the label is 100 r + 10 g + b. Image i depends on the seed, on i and on the digits
 * alone.
 *
 * @throws the errors of {@link mnist}, whose options say which digits are drawn
 */
export async function mnist1k(
  options?: Mnist1kOptions,
  environment: DatasetEnvironment = {},
): Promise<StackedDigits> {
  const id = 'mnist-1k';
  const { samples, seed: seedOfDraws, ...ofDigits } = resolveOptions(schema, options, id);
  const digits = await mnist(ofDigits, environment);
  const stream = RandomStream.fromSeed(seedOfDraws).derive(id);
  /** Which digits are the channels of an image. */
  const stack = (image: number): number[] => {
    const draws = stream.derive(image);
    return Array.from({ length: channels }, () => draws.nextInteger(digits.size));
  };
  let labels: Uint16Array | undefined;
  return {
    id,
    title: 'MNIST-1K, three digits stacked',
    source: {
      title: 'Metz, Poole, Pfau, Sohl-Dickstein: Unrolled Generative Adversarial Networks',
      year: 2017,
      reference: 'arXiv:1611.02163',
      code: 'three MNIST digits drawn with replacement for each image, as tntrung/msgan, modules/mnist.py:13-26',
    },
    options: { samples, seed: seedOfDraws, ...digits.options },
    size: samples,
    sampleShape: [side, side, channels],
    range: [0, 1],
    get labels() {
      return (labels ??= Uint16Array.from({ length: samples }, (_, image) =>
        stack(image).reduce((label, digit) => 10 * label + digits.labels[digit], 0),
      ));
    },
    batch(indices) {
      assertIndices(id, indices, samples);
      const planes = digits.batch(Array.from(indices).flatMap(stack));
      return planesToPixels(planes, { plane: pixels, channels });
    },
  };
}
