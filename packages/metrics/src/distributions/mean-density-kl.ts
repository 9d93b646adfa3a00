import { positive, positiveInteger, resolveOptions } from '@dist-gan/core';
import type { JsonObject, Metric, MetricResult, SampleBatch } from '@dist-gan/core';
import * as v from 'valibot';
import { klDivergence } from './divergences.js';
import { mergeableProtocol } from './mergeable.js';
import { checkSamples, needSamples } from './samples.js';
import { realSamples } from './real-samples.js';
import type { SampleMetric } from './sample-metric.js';

const schema = v.strictObject({
  /** Bins of equal width, from the smallest to the largest mean of real and generated samples. */
  bins: v.optional(positiveInteger, 100),
  /** Added to every bin's share on both sides, so that empty bins leave the divergence finite. */
  epsilon: v.optional(positive, 1e-8),
});

export type MeanDensityKlOptions = v.InferInput<typeof schema>;

/**
 * Compares real and generated samples by one number each: M_d, the mean over the d values of a sample.
 *
 * Result `mean-density-kl`: KL(real || generated) = sum of p_k ln(p_k / q_k) over bins of M_d, where p and q
 * are (share + epsilon) / (1 + bins * epsilon); natural logarithm. 0 for equal histograms.
 *
 * Two finite samples of one distribution do not give 0 but about (filled bins - 1) / 2 * (1 / real +
 * 1 / generated); and real samples in a bin without generated ones weigh by ln(1 / epsilon). Compare values
 * only at equal sample counts: the paper has 55,000 of each.
 *
 * Source: Dist-GAN paper, figure 4. It states neither bins nor direction; 100 equal bins and
 * KL(real || generated) are this project's choice.
 */
export function meanDensityKl(options?: MeanDensityKlOptions): MeanDensityKl {
  return new MeanDensityKl(options);
}

export class MeanDensityKl implements Metric {
  readonly id = 'mean-density-kl';
  readonly protocol: JsonObject;
  private readonly options: v.InferOutput<typeof schema>;
  private readonly real = new Means();
  private readonly generated = new Means();

  /** @throws OptionError for bad options */
  constructor(options?: MeanDensityKlOptions) {
    this.options = resolveOptions(schema, options, this.id);
    this.protocol = {
      metric: this.id,
      ...this.options,
      definition: 'KL(real || generated) of the histograms of sample means, natural logarithm',
    };
  }

  /** Adds generated samples. @throws ShapeError, NonFiniteError; then nothing of the batch is counted */
  update(samples: SampleBatch): void {
    this.generated.add(samples, checkSamples(this.id, samples));
  }

  /** Adds real samples, in the same range of values as the generated ones. @throws as `update` */
  updateReal(samples: SampleBatch): void {
    this.real.add(samples, checkSamples(this.id, samples));
  }

  /** Adds what another metric with the same options has seen. */
  merge(other: MeanDensityKl): void {
    mergeableProtocol(this.id, this.options, other.options);
    this.real.addAll(other.real);
    this.generated.addAll(other.generated);
  }

  results(): readonly MetricResult[] {
    needSamples(this.id, this.generated.count);
    needSamples(this.id, this.real.count, 'real');
    const low = Math.min(this.real.low, this.generated.low);
    const high = Math.max(this.real.high, this.generated.high);
    const shares = (means: Means) => {
      const counts = means.histogram(low, high, this.options.bins);
      return counts.map((count) => count / means.count + this.options.epsilon);
    };
    return [
      {
        id: this.id,
        // Divergences divide by the sum, 1 + bins * epsilon.
        value: klDivergence(shares(this.real), shares(this.generated)),
        protocol: this.protocol,
        samples: { generated: this.generated.count, real: this.real.count },
        warnings: [],
      },
    ];
  }
}

/** The means of samples: one float64 each is all that is kept of them. */
class Means {
  readonly batches: Float64Array[] = [];
  count = 0;
  low = Infinity;
  high = -Infinity;

  add({ data, count }: SampleBatch, length: number): void {
    const means = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = i * length; k < (i + 1) * length; k++) sum += data[k];
      means[i] = sum / length;
    }
    this.addMeans(means);
  }

  addAll(other: Means): void {
    for (const means of [...other.batches]) this.addMeans(means);
  }

  /** How many means each of `bins` equal parts of [low, high] holds; the last part has its upper end. */
  histogram(low: number, high: number, bins: number): Float64Array {
    const counts = new Float64Array(bins);
    const width = high - low;
    for (const means of this.batches) {
      for (const mean of means) {
        const bin = width > 0 ? Math.floor(((mean - low) / width) * bins) : 0;
        counts[Math.min(bin, bins - 1)]++;
      }
    }
    return counts;
  }

  private addMeans(means: Float64Array): void {
    this.batches.push(means);
    this.count += means.length;
    for (const mean of means) {
      this.low = Math.min(this.low, mean);
      this.high = Math.max(this.high, mean);
    }
  }
}

/** Its definition for training: the real samples are read once. */
export const meanDensityKlMetric: SampleMetric<MeanDensityKlOptions> = {
  kind: 'samples',
  id: 'mean-density-kl',
  title: 'KL of the densities of the mean of a sample',
  async create(options, dataset) {
    const real = meanDensityKl(options);
    for await (const samples of realSamples(dataset)) real.updateReal(samples);
    return () => {
      const metric = meanDensityKl(options);
      metric.merge(real);
      return metric;
    };
  },
};
