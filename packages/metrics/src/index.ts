export { meanDensityKl, type MeanDensityKl, type MeanDensityKlOptions } from './density/mean-density-kl.js';
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
export { metrics, type MetricMaker } from './metrics.js';
export { modeCoverage, type ModeCoverage, type ModeCoverageOptions } from './modes/mode-coverage.js';
