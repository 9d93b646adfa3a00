import { positiveInteger, RandomStream, resolveOptions, seed, ShapeError } from '@dist-gan/core';
import type { MetricResult, SampleBatch } from '@dist-gan/core';
import * as v from 'valibot';
import { runMetric } from '../run-metric.js';
import { checkRange } from '../../extractors/images/quantize.js';
import { checkSamples } from '../../distributions/samples.js';
import { multiscaleSimilarity } from './multiscale-similarity.js';
import { pause, type RunOptions } from '../../linear-algebra/index.js';
import { CollectedSamples } from '../../distributions/collected-samples.js';
import type { SampleMetric } from '../../distributions/sample-metric.js';

const msSsimSchema = v.strictObject({
  /** Random pairs of images that are compared; all pairs where there are not more. */
  pairs: v.optional(positiveInteger, 1000),
  /** The range of the images' values. */
  range: v.optional(
    v.pipe(
      v.tuple([v.number(), v.number()], 'must be [lowest, highest]'),
      v.check(([low, high]) => low < high, 'must rise'),
    ),
    [0, 1],
  ),
  /** Of the stream that draws the pairs. */
  seed: v.optional(seed, 0),
});

export type MsSsimOptions = v.InferInput<typeof msSsimSchema>;

/** Pairs that are compared between two signs of life. */
const pairsAtOnce = 16;

/**
 * How alike generated images are: the mean multiscale structural similarity of pairs of different images. From 0
 * to 1, smaller is more diverse; compare with the same number of real images. Result `ms-ssim`.
 *
 * Source: Odena et al. 2017; the similarity as in compare_gan (see `multiscaleSimilarity`). Memory: a dozen planes of
 * an image.
 *
 * @param images sampleShape [height, width, channels], at least two
 * @throws ShapeError, NonFiniteError, OptionError, also for values outside of the range; the reason of `options.signal` when it
 * is aborted
 */
export async function msSsimDiversity(
  images: SampleBatch,
  options: MsSsimOptions & RunOptions = {},
): Promise<MetricResult> {
  return runMetric('ms-ssim', msSsimSchema, options, (resolved, run) => msSsimResult(images, resolved, run));
}

/** The computation behind `msSsimDiversity`. */
async function msSsimResult(
  images: SampleBatch,
  options: v.InferOutput<typeof msSsimSchema>,
  run: RunOptions,
): Promise<MetricResult> {
  const length = checkSamples('ms-ssim', images);
  const { count, sampleShape, data } = images;
  if (sampleShape.length !== 3 || count < 2) {
    throw new ShapeError(
      `ms-ssim: needs 2 or more images of shape [height, width, channels], got ${count} of [${sampleShape.join(', ')}]`,
      'images',
      [count, ...sampleShape],
      '[2 or more, height, width, channels]',
    );
  }
  checkRange('ms-ssim', data, options.range);
  const [low, high] = options.range;
  const image = (index: number) => {
    const values = new Float64Array(data.subarray(index * length, (index + 1) * length));
    for (let i = 0; i < values.length; i++) values[i] -= low;
    return values;
  };
  const pairs = pairsOf(count, options.pairs, RandomStream.fromSeed(options.seed).derive('pairs'));
  let sum = 0;
  for (const [i, [one, other]] of pairs.entries()) {
    if (i % pairsAtOnce === 0) await pause(run, i / pairs.length);
    sum += multiscaleSimilarity(image(one), image(other), sampleShape, high - low);
  }
  return {
    id: 'ms-ssim',
    value: sum / pairs.length,
    protocol: {
      metric: 'ms-ssim',
      definition: 'mean MS-SSIM over pairs of different generated images',
      ...options,
      pairs: pairs.length,
    },
    samples: { generated: count },
    warnings: [],
  };
}

/** All pairs i < j where there are at most `wanted`, else so many random ones. */
function pairsOf(count: number, wanted: number, stream: RandomStream): [number, number][] {
  const pairs: [number, number][] = [];
  if ((count * (count - 1)) / 2 <= wanted) {
    for (let j = 1; j < count; j++) for (let i = 0; i < j; i++) pairs.push([i, j]);
    return pairs;
  }
  while (pairs.length < wanted) {
    const i = stream.nextInteger(count);
    const j = stream.nextInteger(count - 1);
    pairs.push([i, j < i ? j : j + 1]);
  }
  return pairs;
}

/** Its definition for training: of generated images in the data set's range. */
export const msSsimMetric: SampleMetric<MsSsimOptions> = {
  kind: 'samples',
  id: 'ms-ssim',
  title: 'likeness of generated images to one another',
  async create(given, dataset) {
    const range = { range: [...dataset.range], ...given };
    const options = resolveOptions(msSsimSchema, range, 'ms-ssim');
    return () =>
      new CollectedSamples('ms-ssim', options, async (samples) => [await msSsimResult(samples, options, {})]);
  },
};
