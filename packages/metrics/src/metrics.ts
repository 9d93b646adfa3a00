import { labelHistogramMetric } from './distributions/label-histogram-metric.js';
import { meanDensityKlMetric } from './distributions/mean-density-kl.js';
import { modeCoverageMetric, modeCoverageNumber } from './distributions/mode-coverage-metric.js';
import { msSsimMetric } from './features/diversity/ms-ssim-diversity.js';
import { vendiScoreMetric } from './features/diversity/vendi-score.js';
import { ofInception } from './features/feature-metric.js';
import { frechetAtInfinityMetric } from './features/frechet/frechet-at-infinity.js';
import { frechetDistanceMetric } from './features/frechet/frechet-distance.js';
import { inceptionScoreMetric } from './features/inception-score/inception-score.js';
import { kernelDistanceMetric, kernelDistanceOfSubsetsMetric } from './features/kernel/kernel-distance.js';
import { authenticPercentageMetric } from './features/manifold/authenticity.js';
import { manifoldMetrics } from './features/manifold/manifold-metrics.js';
import { realismMetric } from './features/manifold/realism.js';
import { precisionRecallCurveMetric } from './features/prd/precision-recall-curve.js';
import { slicedWassersteinMetric } from './features/sliced-wasserstein/sliced-wasserstein.js';

export {
  meanDensityKl,
  type MeanDensityKl,
  type MeanDensityKlOptions,
} from './distributions/mean-density-kl.js';
export { msSsimDiversity, type MsSsimOptions } from './features/diversity/ms-ssim-diversity.js';
export { vendiScore, type VendiOptions } from './features/diversity/vendi-score.js';
export {
  frechetDistance,
  type FrechetOptions,
  type FrechetResult,
} from './features/frechet/frechet-distance.js';
export {
  frechetDistanceAtInfinity,
  type FrechetAtInfinityOptions,
  type FrechetAtInfinityResult,
} from './features/frechet/frechet-at-infinity.js';
export { inceptionScore, type InceptionScoreOptions } from './features/inception-score/inception-score.js';
export { kernelDistance, type KernelOptions } from './features/kernel/kernel-distance.js';
export { authenticPercentage } from './features/manifold/authenticity.js';
export {
  densityCoverage,
  precisionRecall,
  precisionRecallDensityCoverage,
  type DensityCoverageOptions,
  type PrecisionRecallOptions,
} from './features/manifold/manifold-metrics.js';
export { realism, type RealismOptions, type RealismResult } from './features/manifold/realism.js';
export { featureMetric, ofInception, type FeatureMetric } from './features/feature-metric.js';
export {
  precisionRecallCurve,
  type PrecisionRecallCurve,
  type PrecisionRecallCurveOptions,
} from './features/prd/precision-recall-curve.js';
export {
  slicedWasserstein,
  type SlicedWassersteinOptions,
} from './features/sliced-wasserstein/sliced-wasserstein.js';

/**
 * Every metric by its id, for evaluations, config files and command lines.
 *
 * Short ids are metrics of Inception's features, as they are published; long ones are of any features: those of an
 * extractor or a file, or the numbers of a sample themselves.
 */
export const metrics = {
  // Of samples: points, images, labels.
  'mode-coverage': modeCoverageMetric,
  'modes-covered': modeCoverageNumber('modes-covered'),
  'registered-points': modeCoverageNumber('registered-points'),
  'high-quality-share': modeCoverageNumber('high-quality-share'),
  'total-variation': modeCoverageNumber('total-variation'),
  'nearest-total-variation': modeCoverageNumber('nearest-total-variation'),
  entropy: modeCoverageNumber('entropy'),
  'kl-divergence': modeCoverageNumber('kl-divergence'),
  'reverse-kl-divergence': modeCoverageNumber('reverse-kl-divergence'),
  'jensen-shannon-divergence': modeCoverageNumber('jensen-shannon-divergence'),
  'mean-density-kl': meanDensityKlMetric,
  'label-histogram': labelHistogramMetric,
  'ms-ssim': msSsimMetric,

  // Of any features.
  'frechet-distance': frechetDistanceMetric,
  'frechet-distance-at-infinity': frechetAtInfinityMetric,
  'kernel-distance': kernelDistanceMetric,
  precision: manifoldMetrics.precision,
  recall: manifoldMetrics.recall,
  density: manifoldMetrics.density,
  coverage: manifoldMetrics.coverage,
  realism: realismMetric,
  'authentic-percentage': authenticPercentageMetric,
  prd: precisionRecallCurveMetric,
  'sliced-wasserstein': slicedWassersteinMetric,
  'vendi-score': vendiScoreMetric,

  // Of Inception's features.
  fid: ofInception(frechetDistanceMetric, 'fid', { 'frechet-distance': 'fid' }),
  'fid-infinity': ofInception(frechetAtInfinityMetric, 'fid-infinity', {
    'frechet-distance-at-infinity': 'fid-infinity',
  }),
  kid: ofInception(kernelDistanceOfSubsetsMetric, 'kid', {
    'kernel-distance': 'kid',
    'kernel-distance-standard-deviation': 'kid-standard-deviation',
    'kernel-distance-standard-error': 'kid-standard-error',
  }),
  is: ofInception(inceptionScoreMetric, 'is'),
  pr: ofInception(manifoldMetrics.precisionRecall, 'pr'),
  prdc: ofInception(manifoldMetrics.all, 'prdc'),
  authpct: ofInception(authenticPercentageMetric, 'authpct'),
  vendi: ofInception(vendiScoreMetric, 'vendi'),
} as const;

export type MetricId = keyof typeof metrics;
