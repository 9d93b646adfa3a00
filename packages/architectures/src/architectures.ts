import { gaussian1d } from './gaussian-1d/gaussian-1d.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';

/** Every architecture of this package, by its id. */
export const architectures = {
  mlp,
  'gaussian-1d': gaussian1d,
  'mnist-dcgan': mnistDcgan,
} as const;
