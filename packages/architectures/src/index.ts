export { architectures } from './architectures.js';
export { mlp, type MlpOptions } from './mlp/mlp.js';
export { gaussian1d, type Gaussian1dOptions } from './gaussian-1d/gaussian-1d.js';
export { mnistDcgan, type MnistDcganOptions } from './mnist-dcgan/mnist-dcgan.js';
export { registerCustomObjects } from './custom-objects.js';
