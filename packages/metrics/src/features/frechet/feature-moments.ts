import { ShapeError } from '@dist-gan/core';
import { allocateMatrix } from '../allocate-matrix.js';
import { checkFeatures, type FeatureProtocol, type Features } from '../feature-matrix.js';
import { ColumnProducts, mirrorUpper, part, type RunOptions } from '../../linear-algebra/index.js';

/** Mean and covariance of features: all that the Fréchet distance needs of a set. */
export interface FeatureStatistics {
  readonly dimension: number;
  readonly mean: Float64Array;
  /** Row-major [dimension, dimension], symmetric. */
  readonly covariance: Float64Array;
  /** How many samples they come from, where that is known. */
  readonly count?: number;
  /** The covariance is divided by count - ddof; 1 as in np.cov, 0 for the maximum-likelihood estimate. */
  readonly ddof: 0 | 1;
  readonly protocol?: FeatureProtocol;
}

/** Sums of features from which, with those of other samples, mean and covariance are made. */
export interface FeatureSums {
  readonly count: number;
  /** [dimension] */
  readonly mean: Float64Array;
  /** Sums of products of deviations from the mean: row-major [dimension, dimension], symmetric. */
  readonly comoments: Float64Array;
}

/** Samples that are taken into the sums together. */
const samplesAtOnce = 1024;

/**
 * Mean and covariance of a stream of features, in float64 sums of deviations from the mean, which lose no digits
 * to large means (Chan, Golub and LeVeque 1979). Samples are summed in fixed blocks: the numbers do not depend
 * on how they were cut into batches. Two streams can be merged.
 *
 * Memory: dimension² + 2600 * dimension numbers of 8 bytes, 80 MB for 2048 features.
 *
 * @throws ShapeError when they do not fit into memory
 */
export class FeatureMoments {
  readonly dimension: number;
  readonly protocol?: FeatureProtocol;
  private readonly sums: { count: number; mean: Float64Array; comoments: Float64Array };
  /** Samples that are not in the sums yet, and a row for the correction of their mean. */
  private readonly waiting: Float64Array;
  private waitingCount = 0;
  private products?: ColumnProducts;

  constructor(dimension: number, protocol?: FeatureProtocol) {
    if (!Number.isInteger(dimension) || dimension < 1) {
      throw new ShapeError(
        `FeatureMoments: dimension must be a whole number of at least 1, got ${dimension}`,
        'dimension',
        [dimension],
        '[1 or more]',
      );
    }
    this.dimension = dimension;
    this.protocol = protocol;
    this.sums = {
      count: 0,
      mean: new Float64Array(dimension),
      comoments: allocateMatrix(Float64Array, [dimension, dimension], 'covariance of features'),
    };
    this.waiting = allocateMatrix(Float64Array, [samplesAtOnce + 1, dimension], 'moments of features');
  }

  /** As if it had seen the samples of the sums. */
  static from({ count, mean, comoments }: FeatureSums, protocol?: FeatureProtocol): FeatureMoments {
    const moments = new FeatureMoments(mean.length, protocol);
    moments.sums.count = count;
    moments.sums.mean.set(mean);
    moments.sums.comoments.set(comoments);
    return moments;
  }

  get count(): number {
    return this.sums.count + this.waitingCount;
  }

  /**
   * Adds features. Stopped by a signal, it must not be used any more.
   *
   * @throws ShapeError, NonFiniteError; then nothing of the batch is counted
   */
  async update(features: Features, run: RunOptions = {}): Promise<void> {
    this.checkDimension(features.dimension);
    checkFeatures('FeatureMoments', features, 0);
    const { data, dimension } = features;
    const count = data.length / dimension;
    for (let taken = 0; taken < count;) {
      const take = Math.min(count - taken, samplesAtOnce - this.waitingCount);
      const rows = data.subarray(taken * dimension, (taken + take) * dimension);
      this.waiting.set(rows, this.waitingCount * dimension);
      this.waitingCount += take;
      const before = taken / count;
      taken += take;
      if (this.waitingCount < samplesAtOnce) continue;
      await this.sumWaiting(part(run, before, taken / count));
    }
  }

  /** Adds what another has seen. */
  async merge(other: FeatureMoments): Promise<void> {
    this.checkDimension(other.dimension);
    await this.sumWaiting({});
    await other.sumWaiting({});
    const { sums } = this;
    const { count, mean, comoments } = other.sums;
    if (count === 0) return;
    const weight = (sums.count * count) / (sums.count + count);
    const difference = mean.map((value, i) => value - sums.mean[i]);
    for (let i = 0, at = 0; i < this.dimension; i++) {
      for (let j = 0; j < this.dimension; j++, at++) {
        sums.comoments[at] += comoments[at] + weight * difference[i] * difference[j];
      }
    }
    const share = count / (sums.count + count);
    for (let i = 0; i < this.dimension; i++) sums.mean[i] += share * difference[i];
    sums.count += count;
  }

  /** What it has seen so far, to be kept or sent elsewhere. */
  async seen(run: RunOptions = {}): Promise<FeatureSums> {
    await this.sumWaiting(run);
    const { count, mean, comoments } = this.sums;
    const symmetric = comoments.slice();
    mirrorUpper(symmetric, this.dimension);
    return { count, mean: mean.slice(), comoments: symmetric };
  }

  /** @throws ShapeError when there are not more samples than `ddof` */
  async statistics({ ddof = 1, ...run }: { ddof?: 0 | 1 } & RunOptions = {}): Promise<FeatureStatistics> {
    await this.sumWaiting(run);
    const { count, mean, comoments } = this.sums;
    if (count <= ddof) {
      throw new ShapeError(
        `FeatureMoments: a covariance with ddof ${ddof} needs ${ddof + 1} samples or more, got ${count}`,
        'features',
        [count, this.dimension],
        `[${ddof + 1} or more, ${this.dimension}]`,
      );
    }
    const covariance = comoments.slice();
    for (let i = 0; i < covariance.length; i++) covariance[i] /= count - ddof;
    mirrorUpper(covariance, this.dimension);
    return {
      dimension: this.dimension,
      mean: mean.slice(),
      covariance,
      count,
      ddof,
      protocol: this.protocol,
    };
  }

  private checkDimension(dimension: number): void {
    if (dimension === this.dimension) return;
    throw new ShapeError(
      `FeatureMoments: features have ${dimension} numbers, the ones before had ${this.dimension}`,
      'features',
      [dimension],
      `[${this.dimension}]`,
    );
  }

  /** Takes the waiting samples into the sums, of which only the upper triangle is kept. */
  private async sumWaiting(run: RunOptions): Promise<void> {
    const { dimension, waiting, sums } = this;
    const rows = this.waitingCount;
    if (rows === 0) return;
    this.waitingCount = 0;
    const samples = waiting.subarray(0, rows * dimension);
    const sum = columnSums(samples, dimension);
    // One more row makes up for the distance between the mean of the block and the mean so far.
    const weight = Math.sqrt((sums.count * rows) / (sums.count + rows));
    const share = rows / (sums.count + rows);
    for (let i = 0; i < dimension; i++) {
      const difference = sum[i] / rows - sums.mean[i];
      waiting[rows * dimension + i] = weight * difference;
      sums.mean[i] += share * difference;
      sum[i] /= rows;
    }
    sums.count += rows;
    subtractFromRows(samples, sum);
    const target = { data: sums.comoments, offset: 0, stride: dimension };
    this.products ??= new ColumnProducts(dimension, samplesAtOnce + 1);
    await this.products.addTo(target, waiting.subarray(0, (rows + 1) * dimension), 0, run);
  }
}

/** The sum of each column of row-major [rows, size]. */
function columnSums(x: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let start = 0; start < x.length; start += size) {
    for (let i = 0; i < size; i++) sums[i] += x[start + i];
  }
  return sums;
}

function subtractFromRows(x: Float64Array, row: Float64Array): void {
  for (let start = 0; start < x.length; start += row.length) {
    for (let i = 0; i < row.length; i++) x[start + i] -= row[i];
  }
}
