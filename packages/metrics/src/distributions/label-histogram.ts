import { NonFiniteError, OptionError, positiveInteger, resolveOptions, nonNegative } from '@dist-gan/core';
import type { JsonObject, Metric, MetricResult } from '@dist-gan/core';
import * as v from 'valibot';
import { mergeableProtocol } from './mergeable.js';
import { needSamples } from './samples.js';
import { histogramResults } from './histogram-results.js';

const schema = v.strictObject({
  /** How many classes there are: 10 for digits, 1000 for stacked digits. */
  classes: positiveInteger,
  /**
   * What the generated labels are compared with: how often each class occurs in the reference. Default:
   * equally often.
   */
  reference: v.optional(v.array(nonNegative, 'must be a list of counts')),
  /** A class with at least this many samples is covered. */
  minimumCount: v.optional(positiveInteger, 1),
});

export type LabelHistogramOptions = v.InferInput<typeof schema>;

/**
 * Which classes generated samples fall into, from one label per sample: a classifier's decisions.
 *
 * Results: `modes-covered`, `total-variation`, `entropy`, `kl-divergence` = KL(generated || reference),
 * `reverse-kl-divergence`, `jensen-shannon-divergence`; natural logarithms. With 1000 classes of stacked
 * MNIST digits, label = 100 a + 10 b + c, these are the modes and the KL of VEEGAN and PacGAN (reference:
 * uniform) or of GDPP (reference: the training set's counts). A perfect generator with n samples and K
 * classes has an expected KL of about (K - 1) / (2 n), not 0.
 */
export function labelHistogram(options: LabelHistogramOptions): LabelHistogram {
  return new LabelHistogram(options);
}

export class LabelHistogram implements Metric<ArrayLike<number>> {
  readonly id = 'label-histogram';
  readonly protocol: JsonObject;
  /** How often each class was seen. */
  readonly counts: Float64Array;
  private readonly reference: readonly number[];
  private readonly minimumCount: number;
  private count = 0;

  /** @throws OptionError for bad options */
  constructor(options: LabelHistogramOptions) {
    const { classes, reference, minimumCount } = resolveOptions(schema, options, this.id);
    if (reference !== undefined && (reference.length !== classes || !reference.some((n) => n > 0))) {
      throw new OptionError(
        `${this.id}.reference: wanted ${classes} counts, not all 0, got ${reference.length} counts`,
        `${this.id}.reference`,
        reference,
      );
    }
    this.counts = new Float64Array(classes);
    this.reference = reference ?? new Array<number>(classes).fill(1);
    this.minimumCount = minimumCount;
    this.protocol = {
      metric: this.id,
      classes,
      reference: reference === undefined ? 'uniform' : 'given',
      minimumCount,
    };
  }

  /**
   * @param labels one per sample: whole numbers from 0 to `classes` - 1
   * @throws NonFiniteError, OptionError naming the label; then none of them is counted
   */
  update(labels: ArrayLike<number>): void {
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i];
      if (!Number.isFinite(label)) {
        throw new NonFiniteError(`${this.id}: label ${i} of the batch is ${label}`, `label ${i}`);
      }
      if (Number.isInteger(label) && label >= 0 && label < this.counts.length) continue;
      throw new OptionError(
        `${this.id}: label ${i} of the batch is ${label}, wanted a whole number from 0 to ${this.counts.length - 1}`,
        'labels',
        label,
      );
    }
    for (let i = 0; i < labels.length; i++) this.counts[labels[i]]++;
    this.count += labels.length;
  }

  /** Adds what another histogram with the same options has seen. */
  merge(other: LabelHistogram): void {
    mergeableProtocol(this.id, [this.protocol, this.reference], [other.protocol, other.reference]);
    for (const [label, count] of other.counts.entries()) this.counts[label] += count;
    this.count += other.count;
  }

  results(): readonly MetricResult[] {
    needSamples(this.id, this.count);
    const samples = { generated: this.count };
    const covered: MetricResult = {
      id: 'modes-covered',
      value: this.counts.filter((count) => count >= this.minimumCount).length,
      protocol: { ...this.protocol, definition: 'classes with at least minimumCount samples' },
      samples,
      warnings: [],
    };
    const referenceName = this.protocol.reference === 'uniform' ? 'uniform' : 'reference';
    return [
      covered,
      ...histogramResults({
        generated: this.counts,
        reference: this.reference,
        referenceName,
        protocol: this.protocol,
        samples,
      }),
    ];
  }
}
