export { architectures } from './architectures.js';
export { tinyArchitecture, type ArchitectureId, type TinyArchitecture } from './tiny-architecture.js';
export { mlp, type MlpOptions } from './mlp/mlp.js';
export { gaussian1d, type Gaussian1dOptions } from './gaussian-1d/gaussian-1d.js';
export { mnistDcgan, type MnistDcganOptions } from './mnist-dcgan/mnist-dcgan.js';
export { cifarDcgan, type CifarDcganOptions } from './dcgan/cifar-dcgan.js';
export { celebaDcgan, type CelebaDcganOptions } from './dcgan/celeba-dcgan.js';
export { registerCustomObjects } from './custom-objects.js';
