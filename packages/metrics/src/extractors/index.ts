export type { FeatureProtocol, Features } from '../features/feature-matrix.js';
export { extractAll, extractDataset, featureBatches, type ImageSource } from './extract-dataset.js';
export type { ExtractOptions, FeatureExtractor } from './feature-extractor.js';
export { functionExtractor, type FunctionExtractorOptions } from './function-extractor.js';
export { onnxExtractor, type OnnxExtractorOptions } from './onnx-extractor.js';
export { imageMetric, type ImageMetricOptions } from './image-metric.js';
export { classifyChannels } from './classifiers/classify-channels.js';
export { labelMetric, type LabelMetricOptions } from '../distributions/label-metric.js';
