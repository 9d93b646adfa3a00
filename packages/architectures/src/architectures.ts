import { celebaDcgan } from './dcgan/celeba-dcgan.js';
import { cifarDcgan } from './dcgan/cifar-dcgan.js';
import { gaussian1d } from './gaussian-1d/gaussian-1d.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';

/** Every architecture of this package, by its id. */
export const architectures = {
  mlp,
  'gaussian-1d': gaussian1d,
  'mnist-dcgan': mnistDcgan,
  'cifar-dcgan': cifarDcgan,
  'celeba-dcgan': celebaDcgan,
} as const;
