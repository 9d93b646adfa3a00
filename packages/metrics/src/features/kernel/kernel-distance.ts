import {
  choice,
  meanOf,
  OptionError,
  positiveInteger,
  seedOf32Bits,
  standardDeviationOf,
  type JsonObject,
  type MetricResult,
} from '@dist-gan/core';
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
import { cubicKernelSums, type KernelSums } from './kernel-sums.js';
import { subsetKernelSums } from './subset-sums.js';
import { part, type RunOptions } from '../../linear-algebra/index.js';
import { featureMetric } from '../feature-metric.js';

export const kernelSchema = v.strictObject({
  /**
   * `unbiased`: mean of k over pairs of different samples of each set, minus twice the mean over all pairs of
   * both, the KID of the paper. `biased`: means over all pairs, never below 0. `u-statistic`: as unbiased, and
   * pairs of both sets with the same index are left out as well, which needs equally many samples.
   */
  estimator: v.optional(choice(['unbiased', 'biased', 'u-statistic'], JSON.stringify), 'unbiased'),
  /**
   * `subsets`: mean over random subsets of both sets (torch-fidelity, clean-fid). `blocks`: mean over blocks of
   * near equal size (TF-GAN), of shuffled samples. `all`: all samples at once.
   */
  sampling: v.optional(choice(['subsets', 'blocks', 'all'], JSON.stringify), 'subsets'),
  /** How many subsets. */
  subsets: v.optional(positiveInteger, 100),
  /** Samples of each set in a subset. */
  subsetSize: v.optional(positiveInteger, 1000),
  /**
   * Of NumPy's `RandomState`, which draws the subsets, or shuffles the samples before they are cut into blocks: generated
   * samples first, then real ones. `null`: blocks of samples as they come, as in TF-GAN, for samples in a random order.
   */
  seed: v.optional(v.nullable(seedOf32Bits), 2020),
  /** The most samples of the larger set in a block. */
  blockSize: v.optional(positiveInteger, 1024),
});

export type KernelOptions = v.InferInput<typeof kernelSchema>;
type Resolved = v.InferOutput<typeof kernelSchema>;

/**
 * The squared maximum mean discrepancy between real features x and generated ones y for a cubic kernel,
 *
 *     mean over i != j of k(x_i, x_j) + mean over i != j of k(y_i, y_j) - 2 mean over i, j of k(x_i, y_j)
 *     k(x, y) = (x . y / d + 1)^3        d the dimension
 *
 * With the 2048 features of Inception-v3's last pooling it is the KID
 * (Binkowski et al. 2018). Unbiased, so around 0, also below it, for equal distributions; smaller is better.
 *
 * Results: `kernel-distance`, the mean over subsets or blocks; for subsets `kernel-distance-standard-deviation`
 * over them (ddof 0, as in torch-fidelity); for blocks `kernel-distance-standard-error` (root of the variance with
 * ddof 1 over the count, as in TF-GAN).
 *
 * Float64 in tiles of 512 x 512: memory of three tiles and two subsets, whatever the number of samples. Subsets share their
 * products where one pass over all pairs takes fewer than a pass for each subset.
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
async function kernelResults(
  sets: RealAndGenerated,
  options: Resolved,
  run: RunOptions,
): Promise<MetricResult[]> {
  checkPair('kernel-distance', sets, fewestFor(options.estimator));
  const values =
    options.sampling === 'subsets' ? await ofSubsets(sets, options, run) : await ofParts(sets, options, run);
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
  const results = [result('kernel-distance', meanOf(values))];
  if (options.sampling === 'subsets') {
    const deviation = standardDeviationOf(values, 0);
    results.push(result('kernel-distance-standard-deviation', deviation, 'over subsets, ddof 0'));
  }
  if (options.sampling === 'blocks' && values.length > 1) {
    const error = standardDeviationOf(values, 1) / Math.sqrt(values.length);
    results.push(
      result('kernel-distance-standard-error', error, 'root of variance over blocks (ddof 1) / blocks'),
    );
  }
  return results;
}

/** How many samples of each set an estimate needs: without the pairs of a sample with itself, two. */
const fewestFor = (estimator: Resolved['estimator']) => (estimator === 'biased' ? 1 : 2);

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

/** The estimate of all samples, or of each block. */
async function ofParts(
  { real, generated }: RealAndGenerated,
  { sampling, blockSize, seed: from, estimator }: Resolved,
  run: RunOptions,
): Promise<number[]> {
  if (sampling === 'all') return [await discrepancy(real, generated, estimator, run)];
  const counts = { real: countOf(real), generated: countOf(generated) };
  const blocks = Math.ceil(Math.max(counts.real, counts.generated) / blockSize);
  const smallest = Math.floor(Math.min(counts.real, counts.generated) / blocks);
  if (smallest < fewestFor(estimator)) {
    throw new OptionError(
      `kernel-distance.blockSize: ${counts.real} real and ${counts.generated} generated samples in ${blocks} blocks leave ` +
        `${smallest} of one set in a block, and the ${estimator} estimate needs ${fewestFor(estimator)}; take a larger blockSize, or sampling "all"`,
      'kernel-distance.blockSize',
      blockSize,
    );
  }
  const random = from === null ? undefined : new NumpyRandom(from);
  const ofGenerated = blocksOf(generated, blocks, random?.permutation(counts.generated));
  const ofReal = blocksOf(real, blocks, random?.permutation(counts.real));
  const values: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const piece = part(run, block / blocks, (block + 1) / blocks);
    values.push(await discrepancy(ofReal(block), ofGenerated(block), estimator, piece));
  }
  return values;
}

/** The estimate of each subset. */
async function ofSubsets(sets: RealAndGenerated, options: Resolved, run: RunOptions): Promise<number[]> {
  const { subsetSize, estimator } = options;
  const { real, generated } = sets;
  const subsets = drawSubsets(countOf(real), countOf(generated), options);
  const [m, n] = [countOf(real), countOf(generated)];
  // Products that one pass over all pairs takes, and those of one pass for each subset (of a set with itself three
  // quarters: whole tiles).
  const isShared = m * m + n * n + 2 * m * n < subsets.length * 5 * subsetSize ** 2;
  // The u-statistic pairs samples by their place in the subset.
  if (isShared && estimator !== 'u-statistic') return ofSharedPairs(sets, subsets, estimator, run);
  const values: number[] = [];
  for (const [i, chosen] of subsets.entries()) {
    const piece = part(run, i / subsets.length, (i + 1) / subsets.length);
    const [ofReal, ofGenerated] = [
      { dimension: real.dimension, data: rowsAt(real, chosen.real) },
      { dimension: real.dimension, data: rowsAt(generated, chosen.generated) },
    ];
    values.push(await discrepancy(ofReal, ofGenerated, estimator, piece));
  }
  return values;
}

interface ChosenSamples {
  readonly real: Uint32Array;
  readonly generated: Uint32Array;
}

function drawSubsets(
  real: number,
  generated: number,
  { subsets, subsetSize, seed: from, estimator }: Resolved,
): ChosenSamples[] {
  if (subsetSize < fewestFor(estimator)) {
    throw new OptionError(
      `kernel-distance.subsetSize: the ${estimator} estimate needs subsets of ${fewestFor(estimator)} or more samples, got ${subsetSize}`,
      'kernel-distance.subsetSize',
      subsetSize,
    );
  }
  const fewest = Math.min(real, generated);
  if (fewest < subsetSize) {
    throw new OptionError(
      `kernel-distance.subsetSize: subsets of ${subsetSize} cannot be drawn from ${real} real and ${generated} ` +
        `generated samples; take subsetSize ${fewest} or less, or sampling "all"`,
      'kernel-distance.subsetSize',
      subsetSize,
    );
  }
  if (from === null) {
    throw new OptionError(
      'kernel-distance.seed: subsets are drawn at random and need a seed; null is for blocks',
      'kernel-distance.seed',
      null,
    );
  }
  const random = new NumpyRandom(from);
  return Array.from({ length: subsets }, () => {
    // In this order: each draw goes on where the one before ended.
    const ofGenerated = random.choice(generated, subsetSize);
    return { generated: ofGenerated, real: random.choice(real, subsetSize) };
  });
}

/** The estimate of each subset, of products that the subsets share. */
async function ofSharedPairs(
  { real, generated }: RealAndGenerated,
  subsets: readonly ChosenSamples[],
  estimator: Exclude<Resolved['estimator'], 'u-statistic'>,
  run: RunOptions,
): Promise<number[]> {
  const sorted = subsets.map((chosen) => ({
    real: chosen.real.slice().sort(),
    generated: chosen.generated.slice().sort(),
  }));
  const pairs = (one: keyof ChosenSamples, other: keyof ChosenSamples) =>
    sorted.map((chosen) => ({ one: chosen[one], other: chosen[other] }));
  const withinReal = await subsetKernelSums(real, real, pairs('real', 'real'), part(run, 0, 0.25));
  const withinGenerated = await subsetKernelSums(
    generated,
    generated,
    pairs('generated', 'generated'),
    part(run, 0.25, 0.5),
  );
  // A set beside itself has all of its pairs: the subsets of both differ.
  const others = real === generated ? { ...generated } : generated;
  const across = await subsetKernelSums(real, others, pairs('real', 'generated'), part(run, 0.5, 1));
  return sorted.map((chosen, s) =>
    estimateOf(withinReal[s], withinGenerated[s], across[s], {
      m: chosen.real.length,
      n: chosen.generated.length,
      estimator,
    }),
  );
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
  const withinReal = await cubicKernelSums(real, real, part(run, 0, 0.33));
  const withinGenerated = await cubicKernelSums(generated, generated, part(run, 0.33, 0.67));
  const across = await cubicKernelSums(real, generated, part(run, 0.67, 1));
  return estimateOf(withinReal, withinGenerated, across, {
    m: countOf(real),
    n: countOf(generated),
    estimator,
  });
}

/** The squared discrepancy of m real and n generated samples from the sums of their kernels. */
function estimateOf(
  withinReal: KernelSums,
  withinGenerated: KernelSums,
  across: KernelSums,
  { m, n, estimator }: { readonly m: number; readonly n: number; readonly estimator: Resolved['estimator'] },
): number {
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
