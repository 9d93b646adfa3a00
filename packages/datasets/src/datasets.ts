import { celeba } from './celeba/celeba.js';
import { cifar10 } from './cifar/cifar10.js';
import { cifar100 } from './cifar/cifar100.js';
import { imageFolder } from './image-folder/image-folder.js';
import { embeddedGaussians } from './mixtures/embedded-gaussians.js';
import { gaussian1d } from './mixtures/gaussian-1d.js';
import { gaussianGrid } from './mixtures/gaussian-grid.js';
import { gaussianMixture } from './mixtures/gaussian-mixture.js';
import { gaussianPlus } from './mixtures/gaussian-plus.js';
import { gaussianRing } from './mixtures/gaussian-ring.js';
import { gaussianSine } from './mixtures/gaussian-sine.js';
import { fashionMnist } from './mnist/fashion-mnist.js';
import { mnist1k } from './mnist/mnist-1k.js';
import { mnist } from './mnist/mnist.js';
import { npz } from './npz/npz.js';
import { stl10 } from './stl10/stl10.js';
import { swissRoll } from './swiss-roll/swiss-roll.js';

export { cifar10, type Cifar10Options } from './cifar/cifar10.js';
export { cifar100, type Cifar100Options } from './cifar/cifar100.js';
export { embeddedGaussians, type EmbeddedGaussiansOptions } from './mixtures/embedded-gaussians.js';
export { gaussian1d, type Gaussian1dOptions } from './mixtures/gaussian-1d.js';
export { gaussianGrid } from './mixtures/gaussian-grid.js';
export { gaussianMixture, type GaussianMixtureOptions } from './mixtures/gaussian-mixture.js';
export { gaussianPlus } from './mixtures/gaussian-plus.js';
export { gaussianRing, type GaussianRingOptions } from './mixtures/gaussian-ring.js';
export { gaussianSine } from './mixtures/gaussian-sine.js';
export { fashionMnist, type FashionMnistOptions } from './mnist/fashion-mnist.js';
export { celeba, type CelebaOptions } from './celeba/celeba.js';
export { imageFolder, type ImageFolderOptions } from './image-folder/image-folder.js';
export { npz, type NpzOptions } from './npz/npz.js';
export { swissRoll, type PointDataset, type SwissRollOptions } from './swiss-roll/swiss-roll.js';
export { stl10, type Stl10Options } from './stl10/stl10.js';
export { mnist1k, type Mnist1kOptions, type StackedDigits } from './mnist/mnist-1k.js';
export { mnist, type MnistOptions } from './mnist/mnist.js';

/**
 * Every data set of this package by its id, for config files and command lines. A maker takes options and
 * a `DatasetEnvironment`; await what it gives.
 */
export const datasets = {
  'gaussian-grid': gaussianGrid,
  'gaussian-plus': gaussianPlus,
  'gaussian-sine': gaussianSine,
  'gaussian-ring': gaussianRing,
  'gaussian-1d': gaussian1d,
  'gaussian-mixture': gaussianMixture,
  'embedded-gaussians': embeddedGaussians,
  'swiss-roll': swissRoll,
  mnist,
  'mnist-1k': mnist1k,
  'fashion-mnist': fashionMnist,
  cifar10,
  cifar100,
  stl10,
  celeba,
  'image-folder': imageFolder,
  npz,
} as const;
