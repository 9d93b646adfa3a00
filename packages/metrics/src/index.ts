export {
  meanDensityKl,
  type MeanDensityKl,
  type MeanDensityKlOptions,
} from './distributions/mean-density-kl.js';
export { msSsimDiversity, type MsSsimOptions } from './features/diversity/ms-ssim-diversity.js';
export { multiscaleSimilarity } from './features/diversity/multiscale-similarity.js';
export { vendiScore, type VendiOptions } from './features/diversity/vendi-score.js';
export type { FeatureProtocol, Features, RealAndGenerated } from './features/feature-matrix.js';
export {
  FeatureMoments,
  type FeatureStatistics,
  type FeatureSums,
} from './features/frechet/feature-moments.js';
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
export { FrechetMetric } from './features/frechet/frechet-metric.js';
export {
  entropy,
  jensenShannonDivergence,
  klDivergence,
  totalVariation,
  type Counts,
} from './distributions/divergences.js';
export {
  labelHistogram,
  type LabelHistogram,
  type LabelHistogramOptions,
} from './distributions/label-histogram.js';
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
export { createMetric } from './evaluate/training/create-metric.js';
export type { MetricEnvironment, SampleMetric } from './distributions/sample-metric.js';
export { featureMetric, ofInception, type FeatureMetric } from './features/feature-metric.js';
export { metrics, type MetricId } from './metrics.js';
export { modeCoverage, type ModeCoverage, type ModeCoverageOptions } from './distributions/mode-coverage.js';
export { fScores, histogramCurve, largestF, type Curve } from './features/prd/histogram-curve.js';
export {
  precisionRecallCurve,
  type PrecisionRecallCurve,
  type PrecisionRecallCurveOptions,
} from './features/prd/precision-recall-curve.js';
export {
  compareResults,
  differencesOf,
  type ProtocolDifference,
  type ResultComparison,
} from './evaluate/protocol/compare-results.js';
export {
  evaluationProtocols,
  type EvaluationProtocol,
  type EvaluationProtocolId,
} from './evaluate/protocol/evaluation-protocols.js';
export {
  slicedWasserstein,
  type SlicedWassersteinOptions,
} from './features/sliced-wasserstein/sliced-wasserstein.js';
export { readFeatures, readStatistics, writeStatistics } from './evaluate/statistics/statistics-file.js';
export {
  statisticsCache,
  type StatisticsCache,
  type StatisticsKey,
} from './evaluate/statistics/statistics-cache.js';
export {
  featureStatistics,
  type FeatureStatisticsOptions,
} from './evaluate/statistics/feature-statistics.js';
export {
  onnxEngine,
  ownEngine,
  type MatrixEngine,
  type MatrixNumbers,
  type ProductRequest,
  type RunOptions,
} from './linear-algebra/index.js';
