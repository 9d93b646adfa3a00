import { aeOtAutoencoder } from './ae-ot-autoencoder/ae-ot-autoencoder.js';
import { celebaDcgan } from './dcgan/celeba-dcgan.js';
import { cifarDcgan } from './dcgan/cifar-dcgan.js';
import { gaussian1d } from './gaussian-1d/gaussian-1d.js';
import { infogan } from './infogan/infogan.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';
import { resnet } from './resnet/resnet.js';
import { snganCnn } from './sngan-cnn/sngan-cnn.js';
import { stackedMnist } from './stacked-mnist/stacked-mnist.js';

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
} as const;
