export type { FeatureProtocol, Features } from '../feature-matrix.js';
export { extractAll, extractDataset, featureBatches, type ImageSource } from './extract-dataset.js';
export type { ExtractOptions, FeatureExtractor } from './feature-extractor.js';
export { functionExtractor, type FunctionExtractorOptions } from './function-extractor.js';
export { onnxExtractor, type OnnxExtractorOptions } from './onnx-extractor.js';
export { imageMetric, type ImageMetricOptions } from './image-metric.js';
export { classifyChannels } from '../label-metrics/classify-channels.js';
export { labelMetric, type LabelMetricOptions } from '../label-metrics/label-metric.js';
