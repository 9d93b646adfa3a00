import { aeOtAutoencoder } from './ae-ot-autoencoder/ae-ot-autoencoder.js';
import { aliMlp } from './ali/ali-mlp.js';
import { beganNetworks } from './began/began-networks.js';
import { r3ganResnet } from './r3gan/r3gan.js';
import { celebaDcgan } from './dcgan/celeba-dcgan.js';
import { cifarDcgan } from './dcgan/cifar-dcgan.js';
import { gaussian1d } from './gaussian-1d/gaussian-1d.js';
import { infogan } from './infogan/infogan.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';
import { resnet } from './resnet/resnet.js';
import { snganCnn } from './sngan-cnn/sngan-cnn.js';
import { stackedMnist } from './stacked-mnist/stacked-mnist.js';

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

/** Every architecture of this package, by its id. */
export const architectures = {
  mlp,
  'gaussian-1d': gaussian1d,
  'mnist-dcgan': mnistDcgan,
  'cifar-dcgan': cifarDcgan,
  'celeba-dcgan': celebaDcgan,
  'sngan-cnn': snganCnn,
  'stacked-mnist': stackedMnist,
  infogan,
  resnet,
  'ae-ot-autoencoder': aeOtAutoencoder,
  r3gan: r3ganResnet,
  'ali-mlp': aliMlp,
  began: beganNetworks,
} as const;
