export { meanDensityKl, type MeanDensityKl, type MeanDensityKlOptions } from './density/mean-density-kl.js';
export { msSsimDiversity, type MsSsimOptions } from './diversity/ms-ssim-diversity.js';
export { multiscaleSimilarity } from './diversity/multiscale-similarity.js';
export { vendiScore, type VendiOptions } from './diversity/vendi-score.js';
export type { FeatureProtocol, Features, RealAndGenerated } from './feature-matrix.js';
export { FeatureMoments, type FeatureStatistics } from './frechet/feature-moments.js';
export { frechetDistance, type FrechetOptions, type FrechetResult } from './frechet/frechet-distance.js';
export {
  frechetDistanceAtInfinity,
  type FrechetAtInfinityOptions,
  type FrechetAtInfinityResult,
} from './frechet/frechet-at-infinity.js';
export { FrechetMetric } from './frechet/frechet-metric.js';
export {
  entropy,
  jensenShannonDivergence,
  klDivergence,
  totalVariation,
  type Counts,
} from './histogram/divergences.js';
export {
  labelHistogram,
  type LabelHistogram,
  type LabelHistogramOptions,
} from './histogram/label-histogram.js';
export { inceptionScore, type InceptionScoreOptions } from './inception-score/inception-score.js';
export { kernelDistance, type KernelOptions } from './kernel/kernel-distance.js';
export type { MatrixEngine, ProductRequest, RunOptions } from './linear-algebra/computation.js';
export { onnxEngine } from './linear-algebra/engines/onnx-engine.js';
export { ownEngine } from './linear-algebra/engines/own-engine.js';
export { authenticPercentage } from './manifold/authenticity.js';
export {
  densityCoverage,
  precisionRecall,
  precisionRecallDensityCoverage,
  type DensityCoverageOptions,
  type PrecisionRecallOptions,
} from './manifold/manifold-metrics.js';
export { realism, type RealismOptions, type RealismResult } from './manifold/realism.js';
export { metrics, type MetricMaker } from './metrics.js';
export { modeCoverage, type ModeCoverage, type ModeCoverageOptions } from './modes/mode-coverage.js';
export { fScores, histogramCurve, largestF, type Curve } from './prd/histogram-curve.js';
export {
  precisionRecallCurve,
  type PrecisionRecallCurve,
  type PrecisionRecallCurveOptions,
} from './prd/precision-recall-curve.js';
export {
  compareResults,
  differencesOf,
  type ProtocolDifference,
  type ResultComparison,
} from './protocol/compare-results.js';
export {
  evaluationProtocols,
  type EvaluationProtocol,
  type EvaluationProtocolId,
} from './protocol/evaluation-protocols.js';
export { slicedWasserstein, type SlicedWassersteinOptions } from './sliced-wasserstein/sliced-wasserstein.js';
export { readFeatures, readStatistics, writeStatistics } from './statistics/statistics-file.js';
export { statisticsCache, type StatisticsCache } from './statistics/statistics-cache.js';
