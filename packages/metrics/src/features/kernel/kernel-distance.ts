import { OptionError, positiveInteger, type JsonObject, type MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import {
  checkPair,
  countOf,
  featureProtocol,
  type Features,
  type RealAndGenerated,
} from '../feature-matrix.js';
import { rowsAt } from '../rows.js';
import { NumpyRandom } from '../numpy-random.js';
import { runMetric } from '../run-metric.js';
import { cubicKernelSums } from './kernel-sums.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

const seed = v.pipe(
  v.number('must be a whole number'),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must be from 0 to 2^32 - 1'),
  v.maxValue(2 ** 32 - 1, 'must be from 0 to 2^32 - 1'),
);

export const kernelSchema = v.strictObject({
  /**
   * `unbiased`: mean of k over pairs of different samples of each set, minus twice the mean over all pairs of
   * both, the KID of the paper. `biased`: means over all pairs, never below 0. `u-statistic`: as unbiased, and
   * pairs of both sets with the same index are left out as well, which needs equally many samples.
   */
  estimator: v.optional(
    v.picklist(['unbiased', 'biased', 'u-statistic'], 'must be "unbiased", "biased" or "u-statistic"'),
    'unbiased',
  ),
  /**
   * `subsets`: mean over random subsets of both sets (torch-fidelity, clean-fid). `blocks`: mean over blocks of
   * near equal size (TF-GAN), of shuffled samples. `all`: all samples at once.
   */
  sampling: v.optional(
    v.picklist(['subsets', 'blocks', 'all'], 'must be "subsets", "blocks" or "all"'),
    'subsets',
  ),
  /** How many subsets. */
  subsets: v.optional(positiveInteger, 100),
  /** Samples of each set in a subset. */
  subsetSize: v.optional(positiveInteger, 1000),
  /**
   * Of NumPy's `RandomState`, which draws the subsets, or shuffles the samples before they are cut into blocks: generated
   * samples first, then real ones. `null`: blocks of samples as they come, as in TF-GAN, for samples in a random order.
   */
  seed: v.optional(v.nullable(seed), 2020),
  /** The most samples of the larger set in a block. */
  blockSize: v.optional(positiveInteger, 1024),
});

export type KernelOptions = v.InferInput<typeof kernelSchema>;
type Resolved = v.InferOutput<typeof kernelSchema>;

/**
 * The squared maximum mean discrepancy between real and generated features for the kernel
 * k(x, y) = (x · y / dimension + 1)³. With the 2048 features of Inception-v3's last pooling it is the KID
 * (Binkowski et al. 2018). Unbiased, so around 0, also below it, for equal distributions; smaller is better.
 *
 * Results: `kernel-distance`, the mean over subsets or blocks; for subsets `kernel-distance-standard-deviation`
 * over them (ddof 0, as in torch-fidelity); for blocks `kernel-distance-standard-error` (root of the variance with
 * ddof 1 over the count, as in TF-GAN).
 *
 * Float64 in tiles of 512 x 512: memory of three tiles and two subsets, whatever the number of samples.
 *
 * @throws ShapeError, NonFiniteError, OptionError; the reason of `options.signal` when it is aborted
 */
export async function kernelDistance(
  sets: RealAndGenerated,
  options: KernelOptions & RunOptions = {},
): Promise<MetricResult[]> {
  return runMetric('kernel-distance', kernelSchema, options, (resolved, run) =>
    kernelResults(sets, resolved, run),
  );
}

/** The computation behind `kernelDistance`. */
export async function kernelResults(
  sets: RealAndGenerated,
  options: Resolved,
  run: RunOptions,
): Promise<MetricResult[]> {
  checkPair('kernel-distance', sets, options.estimator === 'biased' ? 1 : 2);
  const parts = partsOf(sets, options);
  const values: number[] = [];
  for (const [i, subset] of parts.entries()) {
    const piece = part(run, i / parts.length, (i + 1) / parts.length);
    values.push(await discrepancy(subset.real(), subset.generated(), options.estimator, piece));
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const result = (id: string, value: number, definition?: string): MetricResult => ({
    id,
    value,
    protocol: {
      metric: 'kernel-distance',
      kernel: '(x . y / dimension + 1)^3',
      ...samplingProtocol(options),
      ...(definition === undefined ? {} : { definition }),
      ...featureProtocol(sets),
    },
    samples: { real: countOf(sets.real), generated: countOf(sets.generated) },
    warnings: [],
  });
  const results = [result('kernel-distance', mean)];
  if (options.sampling === 'subsets') {
    const deviation = Math.sqrt(squares / values.length);
    results.push(result('kernel-distance-standard-deviation', deviation, 'over subsets, ddof 0'));
  }
  if (options.sampling === 'blocks' && values.length > 1) {
    const error = Math.sqrt(squares / (values.length - 1) / values.length);
    results.push(
      result('kernel-distance-standard-error', error, 'root of variance over blocks (ddof 1) / blocks'),
    );
  }
  return results;
}

/** The options that the sampling uses: the others do not belong to the protocol. */
function samplingProtocol({
  estimator,
  sampling,
  subsets,
  subsetSize,
  seed: from,
  blockSize,
}: Resolved): JsonObject {
  const used: Record<Resolved['sampling'], JsonObject> = {
    subsets: { subsets, subsetSize, seed: from, generator: 'numpy RandomState, generated drawn first' },
    blocks: { blockSize, shuffle: from === null ? 'none' : `numpy RandomState(${from}), generated first` },
    all: {},
  };
  return { estimator, sampling, ...used[sampling] };
}

/** Samples of both sets that are compared at once. */
interface Part {
  real(): Features;
  generated(): Features;
}

function partsOf({ real, generated }: RealAndGenerated, options: Resolved): Part[] {
  const counts = [countOf(real), countOf(generated)];
  if (options.sampling === 'all') return [{ real: () => real, generated: () => generated }];
  if (options.sampling === 'blocks') {
    const blocks = Math.ceil(Math.max(...counts) / options.blockSize);
    const random = options.seed === null ? undefined : new NumpyRandom(options.seed);
    const ofGenerated = blocksOf(generated, blocks, random?.permutation(counts[1]));
    const ofReal = blocksOf(real, blocks, random?.permutation(counts[0]));
    return Array.from({ length: blocks }, (_, block) => ({
      real: () => ofReal(block),
      generated: () => ofGenerated(block),
    }));
  }
  const { subsets, subsetSize } = options;
  if (Math.min(...counts) < subsetSize) {
    throw new OptionError(
      `kernel-distance.subsetSize: subsets of ${subsetSize} cannot be drawn from ${counts[0]} real and ${counts[1]} ` +
        `generated samples; take subsetSize ${Math.min(...counts)} or less, or sampling "all"`,
      'kernel-distance.subsetSize',
      subsetSize,
    );
  }
  if (options.seed === null) {
    throw new OptionError(
      'kernel-distance.seed: subsets are drawn at random and need a seed; null is for blocks',
      'kernel-distance.seed',
      null,
    );
  }
  const random = new NumpyRandom(options.seed);
  return Array.from({ length: subsets }, () => {
    const [fromGenerated, fromReal] = [
      random.choice(counts[1], subsetSize),
      random.choice(counts[0], subsetSize),
    ];
    return {
      real: () => ({ dimension: real.dimension, data: rowsAt(real, fromReal) }),
      generated: () => ({ dimension: real.dimension, data: rowsAt(generated, fromGenerated) }),
    };
  });
}

/** Blocks of near equal size, of samples in an order; the larger blocks come last. */
function blocksOf(features: Features, blocks: number, order?: Uint32Array): (block: number) => Features {
  const count = countOf(features);
  const size = Math.floor(count / blocks);
  const firstLarger = blocks - (count % blocks);
  const startOf = (b: number) => b * size + Math.max(0, b - firstLarger);
  const { data, dimension } = features;
  return (block) => {
    const [first, end] = [startOf(block), startOf(block + 1)];
    if (order !== undefined) return { dimension, data: rowsAt(features, order.subarray(first, end)) };
    return { dimension, data: data.subarray(first * dimension, end * dimension) };
  };
}

async function discrepancy(
  real: Features,
  generated: Features,
  estimator: Resolved['estimator'],
  run: RunOptions,
): Promise<number> {
  const [m, n] = [countOf(real), countOf(generated)];
  const withinReal = await cubicKernelSums(real, real, part(run, 0, 0.33));
  const withinGenerated = await cubicKernelSums(generated, generated, part(run, 0.33, 0.67));
  const across = await cubicKernelSums(real, generated, part(run, 0.67, 1));
  if (estimator === 'biased') {
    return withinReal.sum / m ** 2 + withinGenerated.sum / n ** 2 - (2 * across.sum) / (m * n);
  }
  const within =
    (withinReal.sum - withinReal.diagonal) / (m * (m - 1)) +
    (withinGenerated.sum - withinGenerated.diagonal) / (n * (n - 1));
  if (estimator === 'unbiased') return within - (2 * across.sum) / (m * n);
  if (m !== n) {
    throw new OptionError(
      `kernel-distance.estimator: the u-statistic pairs samples and needs equally many of both, got ${m} real and ${n} ` +
        'generated; take "unbiased"',
      'kernel-distance.estimator',
      estimator,
    );
  }
  return within - (2 * (across.sum - across.diagonal)) / (m * (m - 1));
}

/** Its definition for any features: of all samples at once, for evaluations while training have too few for subsets. */
export const kernelDistanceMetric = featureMetric({
  id: 'kernel-distance',
  title: 'kernel distance',
  options: v.strictObject({
    ...kernelSchema.entries,
    sampling: v.optional(kernelSchema.entries.sampling, 'all'),
  }),
  needs: 'features',
  measure: kernelResults,
});

/** Its definition over subsets, as KID is published. Of fewer samples than a subset has, all at once, with a warning. */
export const kernelDistanceOfSubsetsMetric = featureMetric({
  ...kernelDistanceMetric,
  options: kernelSchema,
  needs: 'features',
  protocolOptions: 'kernelDistance',
  async measure(sets, options, run) {
    const fewest = Math.min(countOf(sets.real), countOf(sets.generated));
    if (options.sampling !== 'subsets' || fewest >= options.subsetSize)
      return kernelResults(sets, options, run);
    const warning =
      `${fewest} samples make no subsets of ${options.subsetSize}: the kernel distance is that of all samples at once, not ` +
      "the protocol's";
    const results = await kernelResults(sets, { ...options, sampling: 'all' }, run);
    return results.map((result) => ({ ...result, warnings: [...result.warnings, warning] }));
  },
});
