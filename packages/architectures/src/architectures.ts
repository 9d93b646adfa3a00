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
