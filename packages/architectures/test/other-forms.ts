import { cifarDcgan } from '../src/dcgan/cifar-dcgan.js';
import { mnistDcgan } from '../src/mnist-dcgan/mnist-dcgan.js';
import { resnet } from '../src/resnet/resnet.js';
import { snganCnn } from '../src/sngan-cnn/sngan-cnn.js';
import { stackedMnist } from '../src/stacked-mnist/stacked-mnist.js';
import { tinyArchitecture, type TinyArchitecture } from '../src/tiny-architecture.js';

export interface NamedArchitecture extends TinyArchitecture {
  readonly what: string;
  /** Calls in training mode until power iterations have converged: on the way, a penalty changes by itself. */
  readonly calls?: number;
}

/** The forms of architectures that their tiny form does not have. */
export const otherForms: readonly NamedArchitecture[] = [
  {
    what: 'mnist-dcgan, GAAN',
    architecture: mnistDcgan({ form: 'gaan', width: 1 }),
    shape: tinyArchitecture('mnist-dcgan').shape,
  },
  {
    what: 'cifar-dcgan, 2018',
    architecture: cifarDcgan({ form: '2018', width: 1 }),
    shape: tinyArchitecture('celeba-dcgan').shape,
  },
  {
    what: 'stacked-mnist, unrolled-paper',
    architecture: stackedMnist({ form: 'unrolled-paper', width: 8 }),
    shape: tinyArchitecture('stacked-mnist').shape,
  },
  {
    what: 'sngan-cnn, SN-GAN',
    architecture: snganCnn({ form: 'sn-gan', width: 2 }),
    calls: 200,
    shape: tinyArchitecture('sngan-cnn').shape,
  },
  {
    what: 'resnet, v1',
    architecture: resnet({ form: 'v1', width: 2 }),
    shape: tinyArchitecture('resnet').shape,
  },
];
