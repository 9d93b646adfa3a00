export { multiscaleSimilarity } from './features/diversity/multiscale-similarity.js';
export type { FeatureProtocol, Features, RealAndGenerated } from './features/feature-matrix.js';
export {
  FeatureMoments,
  type FeatureStatistics,
  type FeatureSums,
} from './features/frechet/feature-moments.js';
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
export { createMetric, type MetricOptions } from './evaluate/training/create-metric.js';
export type { MetricEnvironment, SampleMetric } from './distributions/sample-metric.js';
export * from './metrics.js';
export { modeCoverage, type ModeCoverage, type ModeCoverageOptions } from './distributions/mode-coverage.js';
export { fScores, histogramCurve, largestF, type Curve } from './features/prd/histogram-curve.js';
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
  type RoughProductRequest,
  type RunOptions,
} from './linear-algebra/index.js';
