export * from './architectures.js';
export { tinyArchitecture, type ArchitectureId, type TinyArchitecture } from './tiny-architecture.js';
export { mnistClassifier, type MnistClassifierOptions } from './mnist-classifier/mnist-classifier.js';
export { spectralNorm, type SpectralNormOptions } from './layers/spectral-norm/spectral-norm.js';
export { pixelNorm } from './layers/pixel-norm/pixel-norm.js';
export {
  minibatchStandardDeviation,
  type MinibatchStandardDeviationOptions,
} from './layers/minibatch-standard-deviation/minibatch-standard-deviation.js';
export { selfAttention, type SelfAttentionOptions } from './layers/self-attention/self-attention.js';
export {
  conditionalBatchNorm,
  type ConditionalBatchNormOptions,
} from './layers/conditional-batch-norm/conditional-batch-norm.js';
export { projectionHead, type ProjectionHeadOptions } from './layers/projection-head/projection-head.js';
export { seededInitializer } from './initializers/seeded-initializer.js';
export type { WeightDistribution } from './initializers/weight-distribution.js';
export { registerCustomObjects } from './custom-objects.js';
export { loadWeights } from './outside/load-weights.js';
export type { LayerSource, WeightMapping } from './outside/weight-mapping.js';
export type { PublishedGenerator } from './outside/published-generator.js';
export { publishedGenerators } from './outside/published-generators.js';
export { mimicrySngan, type MimicrySnganOptions } from './outside/mimicry-sngan.js';
export { pytorchDcgan, type PytorchDcganOptions } from './outside/pytorch-dcgan.js';
