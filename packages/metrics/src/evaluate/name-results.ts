import { toJson, type MetricResult } from '@dist-gan/core';
import { publishedPreparations } from '../extractors/images/preparation.js';
import type { FeatureProtocol, Features, RealAndGenerated } from '../features/feature-matrix.js';
import type { FeatureMetric } from '../features/feature-metric.js';
import type { FeatureStatistics } from '../features/frechet/feature-moments.js';
import type { EvaluationProtocol } from './protocol/evaluation-protocols.js';
import { sizeOfWholeBatches } from './sets/whole-batches.js';

interface Naming {
  readonly metric: FeatureMetric;
  readonly sets: RealAndGenerated<Features | FeatureStatistics>;
  readonly names: { readonly generated: string; readonly real?: string | undefined };
  readonly protocol: EvaluationProtocol;
}

/**
 * Results by the names that they may bear: those of publications where both sets are known to be features of Inception's
 * layer 2048, those of any features otherwise. The name of a protocol goes only to features that were prepared its way, and of
 * a protocol that says how many samples of which images to compare, or that compares whole batches alone, only to those.
 */
export function namedResults(
  results: readonly MetricResult[],
  { metric, sets, names, protocol }: Naming,
): MetricResult[] {
  const sides = metric.compares ? (['generated', 'real'] as const) : (['generated'] as const);
  const unknown = sides.filter((side) => sets[side].protocol === undefined);
  const published = metric.inception !== undefined && sides.every((side) => isPublished(sets[side].protocol));
  const isPrepared = sides.every((side) => followsProtocol(sets[side].protocol, protocol));
  const warnings =
    metric.inception === undefined ? [] : unknown.map((side) => notStated(names[side] ?? side));
  return results.map((result) => {
    const others = isPrepared
      ? [...partialBatches(result, protocol), ...otherSamples(result, metric, sets, protocol)]
      : [];
    return {
      ...result,
      id: published ? (metric.inception?.[result.id] ?? result.id) : result.id,
      protocol: {
        ...(isPrepared && others.length === 0 && { name: protocol.id }),
        ...result.protocol,
        ...Object.fromEntries(unknown.map((side) => [`${side}Features`, 'not stated'])),
      },
      warnings: [...result.warnings, ...warnings, ...others],
    };
  });
}

/** Samples that the protocol's program would have dropped, and that were in the numbers before they came here. */
function partialBatches({ samples }: MetricResult, { id, partialBatch }: EvaluationProtocol): string[] {
  if (partialBatch === 'kept') return [];
  return (['generated', 'real'] as const).flatMap((side) => {
    const count = samples[side];
    if (count === undefined || sizeOfWholeBatches(count) === count) return [];
    return [
      `${id} drops the last of ${count} ${side} samples, of which it takes ${sizeOfWholeBatches(count)}, and here they count: ` +
        "the number bears no protocol's name",
    ];
  });
}

/** What of the samples is not the protocol's: how many they are, or of which split of a data set. */
function otherSamples(
  { samples }: MetricResult,
  { compares }: FeatureMetric,
  { real }: Naming['sets'],
  { id, samples: wanted }: EvaluationProtocol,
): string[] {
  if (wanted === undefined) return [];
  const { split } = (real.protocol?.split ?? {}) as { readonly split?: unknown };
  // Training images have other names, too, such as the unlabelled ones of STL-10.
  const isOtherSplit = split !== undefined && (split === 'test') !== (wanted.real.split === 'test');
  const isReal = !compares || (samples.real === wanted.real.count && !isOtherSplit);
  if (isReal && samples.generated === wanted.generated) return [];
  const given = compares
    ? `${samples.generated} with ${samples.real} ${isOtherSplit ? `of split ${toJson(split)}` : 'images'}`
    : String(samples.generated);
  return [
    `${id} compares ${wanted.generated} generated samples with ${wanted.real.count} ${wanted.real.split} images, and these are ` +
      `${given}: the number bears no protocol's name`,
  ];
}

/** Whether features are those of publications: of the last pooling, or logits made of it. */
function isPublished(features: FeatureProtocol | undefined): boolean {
  if (features?.extractor !== 'inception-v3-fid') return false;
  return features.layer === '2048' || features.layer === 'logits_unbiased';
}

function followsProtocol(
  features: FeatureProtocol | undefined,
  { preparation }: EvaluationProtocol,
): boolean {
  const { resize, scaling } = publishedPreparations[preparation];
  return (
    features?.extractor === 'inception-v3-fid' && features.resize === resize && features.scaling === scaling
  );
}

const notStated = (name: string) =>
  `${name} does not say how its features were made: the number bears no protocol's name, and compares with others only if ` +
  'they were made in one way';
