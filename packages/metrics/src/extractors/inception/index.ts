export { inceptionExtractor, type InceptionExtractorOptions } from './inception-extractor.js';
export { inceptionLogits } from './logits.js';
export { inceptionV3 } from './layers-model.js';
export {
  inceptionConvolutions,
  featureLayers,
  inceptionLayers,
  type InceptionLayer,
  type ShapedConvolution,
} from './network.js';
export { inceptionPublication } from './publication.js';
export type { ConvolutionWeights, InceptionWeights } from './weights/inception-weights.js';
export {
  findInceptionWeights,
  readInceptionWeights,
  type ReadWeightsOptions,
} from './weights/read-weights.js';
