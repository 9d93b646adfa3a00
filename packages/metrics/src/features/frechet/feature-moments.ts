import { ShapeError } from '@dist-gan/core';
import { allocateMatrix } from '../allocate-matrix.js';
import { checkFeatures, type FeatureProtocol, type Features } from '../feature-matrix.js';
import {
  addUpperProduct,
  mirrorUpper,
  part,
  roomForUpperProduct,
  transpose,
  type RunOptions,
} from '../../linear-algebra/index.js';

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
 * Memory: dimension² + 1300 * dimension numbers of 8 bytes, 55 MB for 2048 features.
 *
 * @throws ShapeError when they do not fit into memory
 */
export class FeatureMoments {
  readonly dimension: number;
  readonly protocol?: FeatureProtocol;
  private readonly sums: { count: number; mean: Float64Array; comoments: Float64Array };
  /**
   * Samples that are not in the sums yet, and one for the correction of their mean, feature by feature: row-major
   * [dimension, samplesAtOnce + 1].
   */
  private readonly waiting: Float64Array;
  private waitingCount = 0;
  /** For products; used again, as new memory would take as long as some of them. */
  private room?: Float64Array;

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
    this.waiting = allocateMatrix(Float64Array, [dimension, samplesAtOnce + 1], 'moments of features');
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
      transpose(rows, dimension, this.waiting, { stride: samplesAtOnce + 1, first: this.waitingCount });
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
    const { dimension } = this;
    const covariance = new Float64Array(dimension ** 2);
    for (let row = 0; row < dimension; row++) {
      const end = (row + 1) * dimension;
      for (let at = row * dimension + row; at < end; at++) covariance[at] = comoments[at] / (count - ddof);
    }
    mirrorUpper(covariance, dimension);
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
    const depth = rows + 1;
    // One more sample makes up for the distance between the mean of the block and the mean so far.
    const weight = Math.sqrt((sums.count * rows) / (sums.count + rows));
    const share = rows / (sums.count + rows);
    for (let i = 0; i < dimension; i++) {
      const from = i * (samplesAtOnce + 1);
      const column = waiting.subarray(i * depth, (i + 1) * depth);
      if (rows < samplesAtOnce) column.set(waiting.subarray(from, from + rows));
      const mean = sumOf(column, rows) / rows;
      const difference = mean - sums.mean[i];
      for (let k = 0; k < rows; k++) column[k] -= mean;
      column[rows] = weight * difference;
      sums.mean[i] += share * difference;
    }
    sums.count += rows;
    const target = { data: sums.comoments, offset: 0, stride: dimension };
    const columns = waiting.subarray(0, dimension * depth);
    this.room ??= roomForUpperProduct(dimension);
    await addUpperProduct(target, columns, columns, { depth, done: 0, room: this.room }, run);
  }
}

/** The sum of the first numbers; in four parts, which a processor adds side by side. */
function sumOf(values: Float64Array, count: number): number {
  const whole = count - (count % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = whole; i < count; i++) a += values[i];
  return a + b + (c + d);
}
