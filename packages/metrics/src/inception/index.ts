export { inceptionExtractor, type InceptionExtractorOptions } from './inception-extractor.js';
export { inceptionV3 } from './layers-model.js';
export { inceptionLayers, type InceptionLayer } from './network.js';
export type { ConvolutionWeights, InceptionWeights } from './weights/inception-weights.js';
export {
  findInceptionWeights,
  readInceptionWeights,
  type ReadWeightsOptions,
} from './weights/read-weights.js';
