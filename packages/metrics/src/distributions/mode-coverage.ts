import { choice, OptionError, positive, positiveInteger, resolveOptions } from '@dist-gan/core';
import type { JsonObject, Metric, MetricResult, SampleBatch } from '@dist-gan/core';
import * as v from 'valibot';
import { totalVariation } from './divergences.js';
import { histogramResults } from './histogram-results.js';
import { shareWithin } from './share-within.js';
import { mergeableProtocol } from './mergeable.js';
import { checkSamples, needSamples } from './samples.js';

/** The authors call a mode missed that has fewer than 20 of 2000 samples (distgan_toy2d.py:200-203). */
const authorsMinimumShare = 20 / 2000;

const finite = v.pipe(v.number('must be a number'), v.finite('must be finite'));

/** How samples are counted for modes, for any place that knows the modes. */
export const countingRules = {
  /**
   * `radius`: a sample counts for every mode whose centre is within the radius, as in the authors' code.
   * `nearest`: it counts for the nearest centre alone, if that is within the radius. The two differ only
   * where radii overlap.
   */
  rule: v.optional(choice(['radius', 'nearest'], JSON.stringify), 'radius'),
  /** Whether a sample at exactly the radius counts: `inclusive` (distance <= radius) or `exclusive` (<). */
  boundary: v.optional(choice(['inclusive', 'exclusive'], JSON.stringify), 'inclusive'),
  /** A mode is covered with at least this share of all samples; default 0.01, the authors' 20 of 2000. */
  minimumShare: v.optional(v.pipe(positive, v.maxValue(1, 'must be at most 1'))),
  /** A mode is covered with at least this many samples, whatever their total; instead of `minimumShare`. */
  minimumCount: v.optional(positiveInteger),
};

const schema = v.strictObject({
  /** Where the modes are, in the coordinates of the samples. */
  centres: v.pipe(
    v.array(
      v.pipe(v.array(finite, 'must be a list of numbers'), v.minLength(1, 'must have a coordinate')),
      'must be a list of points',
    ),
    v.minLength(1, 'must have at least one centre'),
  ),
  /** How far from a centre a sample may lie to count, in the coordinates of the samples. */
  radius: positive,
  /** Of every mode in every coordinate. With it, results say what the mixture's own samples would have. */
  standardDeviation: v.optional(positive),
  ...countingRules,
});

type Input = v.InferInput<typeof schema>;

export interface ModeCoverageOptions extends Omit<Input, 'centres'> {
  readonly centres: readonly (readonly number[])[];
}

/**
 * Which modes of a known mixture generated samples fall into, and how evenly. The defaults are the rule of
 * the Dist-GAN authors: a sample is registered to a centre at most `radius` away, a mode is covered by at
 * least 20 of 2000 samples. With a mixture of `@dist-gan/datasets`: `centres: mixture.centres, radius:
 * mixture.registrationRadius`. The rule of PacGAN: `rule: 'nearest', boundary: 'exclusive', radius: 3 *
 * standardDeviation, minimumCount: 1`.
 *
 * Results, where the histogram counts the registered samples of each mode:
 * - `modes-covered`: how many modes have the minimum;
 * - `registered-points`: sum of the histogram;
 * - `high-quality-share`: share of all samples that are registered to some mode;
 * - `nearest-total-variation`: total variation from the uniform distribution when every sample, registered
 *   or not, counts for its nearest centre;
 * - `total-variation`, `entropy`, `kl-divergence` = KL(histogram || uniform), `reverse-kl-divergence` =
 *   KL(uniform || histogram), infinite when a mode is empty, `jensen-shannon-divergence`: of the normalised
 *   histogram against the uniform distribution; natural logarithms.
 *
 * Source: tntrung/gan, utils_toy2d.py:93-106 and distgan_toy2d.py:200-203. The paper takes total variation
 * from DAN and does not say what happens to unregistered samples, hence both readings.
 */
export function modeCoverage(options: ModeCoverageOptions): ModeCoverage {
  return new ModeCoverage(options);
}

export class ModeCoverage implements Metric {
  readonly id = 'mode-coverage';
  readonly protocol: JsonObject;
  /** Registered samples per mode. */
  readonly counts: Float64Array;
  private readonly nearestCounts: Float64Array;
  private readonly options: v.InferOutput<typeof schema>;
  private readonly dimension: number;
  private count = 0;
  private withinSomeRadius = 0;

  /** @throws OptionError for bad options */
  constructor(options: ModeCoverageOptions) {
    this.options = resolveOptions(schema, options, this.id);
    const { centres, radius, rule, boundary, minimumShare, minimumCount } = this.options;
    this.dimension = centres[0].length;
    const odd = centres.findIndex((centre) => centre.length !== this.dimension);
    if (odd >= 0) {
      throw new OptionError(
        `${this.id}.centres: centre ${odd} has ${centres[odd].length} coordinates, the first has ${this.dimension}`,
        `${this.id}.centres.${odd}`,
        centres[odd],
      );
    }
    if (minimumShare !== undefined && minimumCount !== undefined) {
      throw new OptionError(
        `${this.id}: minimumShare and minimumCount say the same thing twice; give one of them`,
        `${this.id}.minimumCount`,
        minimumCount,
      );
    }
    this.counts = new Float64Array(centres.length);
    this.nearestCounts = new Float64Array(centres.length);
    this.protocol = {
      metric: this.id,
      modes: centres.length,
      rule,
      radius,
      boundary,
      ...(minimumCount === undefined
        ? { minimumShare: minimumShare ?? authorsMinimumShare }
        : { minimumCount }),
    };
  }

  /**
   * @param samples points in the coordinates of the centres
   * @throws ShapeError, NonFiniteError; then nothing of the batch is counted
   */
  update(samples: SampleBatch): void {
    checkSamples(this.id, samples, this.dimension);
    for (let i = 0; i < samples.count; i++) this.register(samples.data, i * this.dimension);
    this.count += samples.count;
  }

  /** Adds what another metric with the same options has seen. */
  merge(other: ModeCoverage): void {
    mergeableProtocol(this.id, this.options, other.options);
    for (let mode = 0; mode < this.counts.length; mode++) {
      this.counts[mode] += other.counts[mode];
      this.nearestCounts[mode] += other.nearestCounts[mode];
    }
    this.count += other.count;
    this.withinSomeRadius += other.withinSomeRadius;
  }

  results(): readonly MetricResult[] {
    needSamples(this.id, this.count);
    const { protocol, count, counts } = this;
    const samples = { generated: count };
    const share = shareWithin(this.options);
    const result = (id: string, definition: string, value: number, ideal?: number): MetricResult => ({
      id,
      value,
      protocol: { ...protocol, definition },
      samples,
      ...(ideal !== undefined && { ideal }),
      warnings: [],
    });
    const uniform = new Float64Array(counts.length).fill(1);
    return [
      {
        ...result(
          'modes-covered',
          'modes with at least the minimum of registered samples',
          counts.filter((registered) => this.covers(registered)).length,
          counts.length,
        ),
        modes: Array.from(counts, (registered) => ({
          samples: registered,
          covered: this.covers(registered),
        })),
      },
      result(
        'registered-points',
        'registered samples, summed over modes',
        counts.reduce((a, b) => a + b, 0),
        share && share * count,
      ),
      result(
        'high-quality-share',
        'samples registered to some mode / samples',
        this.withinSomeRadius / count,
        share,
      ),
      result(
        'nearest-total-variation',
        'sum |share nearest to the mode - uniform| / 2, all samples',
        totalVariation(this.nearestCounts, uniform),
        0,
      ),
      ...histogramResults({
        generated: counts,
        reference: uniform,
        referenceName: 'uniform',
        protocol: { ...protocol, histogram: 'registered' },
        samples,
      }),
    ];
  }

  private covers(registered: number): boolean {
    const { minimumCount, minimumShare = authorsMinimumShare } = this.options;
    // Both sides are quotients rounded once: 20 / 2000 is not below 0.01.
    return minimumCount === undefined ? registered / this.count >= minimumShare : registered >= minimumCount;
  }

  /** Counts the sample that starts at `offset`. */
  private register(data: Float32Array, offset: number): void {
    const { centres, radius, rule, boundary } = this.options;
    const isWithin = (distance: number) =>
      boundary === 'inclusive' ? distance <= radius : distance < radius;
    let nearest = 0;
    let nearestDistance = Infinity;
    for (let mode = 0; mode < centres.length; mode++) {
      const centre = centres[mode];
      let squared = 0;
      for (let axis = 0; axis < centre.length; axis++) squared += (data[offset + axis] - centre[axis]) ** 2;
      const distance = Math.sqrt(squared);
      if (distance < nearestDistance) {
        nearest = mode;
        nearestDistance = distance;
      }
      if (rule === 'radius' && isWithin(distance)) this.counts[mode]++;
    }
    this.nearestCounts[nearest]++;
    if (!isWithin(nearestDistance)) return;
    this.withinSomeRadius++;
    if (rule === 'nearest') this.counts[nearest]++;
  }
}
