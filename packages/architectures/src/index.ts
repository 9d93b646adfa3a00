export { architectures } from './architectures.js';
export { tinyArchitecture, type ArchitectureId, type TinyArchitecture } from './tiny-architecture.js';
export { mlp, type MlpOptions } from './mlp/mlp.js';
export { gaussian1d, type Gaussian1dOptions } from './gaussian-1d/gaussian-1d.js';
export { mnistDcgan, type MnistDcganOptions } from './mnist-dcgan/mnist-dcgan.js';
export { cifarDcgan, type CifarDcganOptions } from './dcgan/cifar-dcgan.js';
export { celebaDcgan, type CelebaDcganOptions } from './dcgan/celeba-dcgan.js';
export { snganCnn, type SnganCnnOptions } from './sngan-cnn/sngan-cnn.js';
export { stackedMnist, type StackedMnistOptions } from './stacked-mnist/stacked-mnist.js';
export { infogan, type InfoganOptions } from './infogan/infogan.js';
export { resnet, type ResnetOptions } from './resnet/resnet.js';
export { aeOtAutoencoder, type AeOtAutoencoderOptions } from './ae-ot-autoencoder/ae-ot-autoencoder.js';
export { r3ganResnet } from './r3gan/r3gan.js';
export type { R3ganArchitectureOptions } from './r3gan/r3gan-options.js';
export { aliMlp, type AliMlpOptions } from './ali/ali-mlp.js';
export { beganNetworks, type BeganArchitectureOptions } from './began/began-networks.js';
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
