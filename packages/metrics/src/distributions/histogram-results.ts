import type { JsonObject, MetricResult } from '@dist-gan/core';
import {
  entropy,
  jensenShannonDivergence,
  klDivergence,
  total,
  totalVariation,
  type Counts,
} from './divergences.js';

/** A histogram of generated samples and what it is compared with. */
export interface HistogramComparison {
  readonly generated: Counts;
  readonly reference: Counts;
  /** What the reference is called in definitions: `uniform`, `reference`. */
  readonly referenceName: string;
  readonly protocol: JsonObject;
  readonly samples: MetricResult['samples'];
}

/**
 * Total variation, entropy, both KL divergences and the Jensen-Shannon divergence of a histogram.
 *
 * Without a single counted sample there are no shares: the values are then those of distributions that have
 * nothing in common, with a warning.
 */
export function histogramResults(comparison: HistogramComparison): MetricResult[] {
  const { generated, reference, referenceName, protocol, samples } = comparison;
  const empty = total(generated) === 0;
  const warnings = empty ? ['no sample was counted: the value is that of disjoint distributions'] : [];
  const result = (
    id: string,
    definition: string,
    value: number,
    disjoint: number,
    ideal = 0,
  ): MetricResult => ({
    id,
    value: empty ? disjoint : value,
    protocol: { ...protocol, definition },
    samples,
    ideal,
    warnings,
  });
  return [
    result(
      'total-variation',
      `sum |generated - ${referenceName}| / 2`,
      totalVariation(generated, reference),
      1,
    ),
    result('entropy', '-sum generated ln generated', entropy(generated), 0, entropy(reference)),
    withEmptyBins(
      result(
        'kl-divergence',
        `KL(generated || ${referenceName}), natural logarithm`,
        klDivergence(generated, reference),
        Infinity,
      ),
      `the ${referenceName} distribution has nothing in a bin with generated samples`,
    ),
    withEmptyBins(
      result(
        'reverse-kl-divergence',
        `KL(${referenceName} || generated), natural logarithm`,
        klDivergence(reference, generated),
        Infinity,
      ),
      `no generated sample is in a bin of the ${referenceName} distribution`,
    ),
    result(
      'jensen-shannon-divergence',
      `JS(generated, ${referenceName}), natural logarithm`,
      jensenShannonDivergence(generated, reference),
      Math.LN2,
    ),
  ];
}

/** Says why a divergence is infinite. */
function withEmptyBins(result: MetricResult, reason: string): MetricResult {
  if (Number.isFinite(result.value) || result.warnings.length > 0) return result;
  return { ...result, warnings: [`infinite: ${reason}`] };
}
