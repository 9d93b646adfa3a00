import type { Source } from '@dist-gan/core';
import type { GnGanOptions } from '@dist-gan/methods';
import { cifar10ResnetHinge, cifar10SncnnHinge } from './cifar10.js';
import { gaussian1d } from './gaussian-1d.js';
import { gaussianGrid } from './gaussian-grid.js';
import { gaussianPlus } from './gaussian-plus.js';
import { gaussianRing } from './gaussian-ring.js';
import { gaussianSine } from './gaussian-sine.js';
import { howToMeasureFid, residualTraining } from './images.js';
import { stl10ResnetHinge, stl10SncnnHinge } from './stl10.js';
import { swissRoll } from './swiss-roll.js';
import { fastOptions } from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

const source: Source = {
  title: 'Tran, Bui, Cheung: Improving GAN with neighbors embedding and gradient matching',
  year: 2019,
  reference: 'arXiv:1811.01333',
};

/** No setting of the paper can be read: these are the weights of Dist-GAN wherever GN-GAN has the same term. */
const settings =
  "Neither the paper's settings nor code are public; the settings are those of Dist-GAN wherever GN-GAN has the same term, " +
  'and weights of 1 for gradient matching.';

/** Points are compared as they are, not by their features. */
const points = {
  reconstructionLoss: 'sigmoid-cross-entropy',
  neighbourEmbedding: { weight: 0.1, space: 'samples' },
  gradientPenaltyWeight: 0.1,
} satisfies GnGanOptions;

/** GN-GAN in place of Dist-GAN, in minutes. */
function onPoints(base: TypedPreset): TypedPreset {
  const [data] = base.title.split(', ');
  return {
    ...base,
    id: `${base.id}-gn-gan`,
    title: `${data}, GN-GAN`,
    description: `GN-GAN with the data, the nets and the fast settings of ${base.id}. ${settings}`,
    source,
    method: {
      id: 'gn-gan',
      options: {
        ...points,
        alpha: 0.5,
        gradientPenaltyNorm: fastOptions.gradientPenaltyNorm,
        discriminatorSteps: fastOptions.discriminatorSteps,
        batches: fastOptions.batches,
        learningRate: fastOptions.learningRate,
        beta1: fastOptions.beta1,
        beta2: fastOptions.beta2,
        learningRateSchedule: fastOptions.learningRateSchedule,
      },
    },
  };
}

/** On two-dimensional data, by ids such as `gaussian-grid-gn-gan`. */
export const mixtureGnGan = {
  'gaussian-grid-gn-gan': onPoints(gaussianGrid),
  'gaussian-ring-gn-gan': onPoints(gaussianRing),
  'gaussian-plus-gn-gan': onPoints(gaussianPlus),
  'gaussian-sine-gn-gan': onPoints(gaussianSine),
  'swiss-roll-gn-gan': onPoints(swissRoll),
};

/** GN-GAN on one Gaussian on a line. */
export const gaussian1dGnGan: TypedPreset = {
  ...gaussian1d,
  id: 'gaussian-1d-gn-gan',
  title: 'One Gaussian on a line, GN-GAN',
  description: `GN-GAN on N(4, 1), with the nets of gaussian-1d. ${settings}`,
  source,
  method: {
    id: 'gn-gan',
    options: {
      ...points,
      reconstructionLoss: 'squared-error',
      alpha: 0.5,
      discriminatorSteps: 3,
      learningRate: 1e-3,
      beta1: 0.5,
      beta2: 0.9,
    },
  },
};

const hinge = { discriminatorLoss: 'hinge' } satisfies GnGanOptions;

function fid(text: string): TypedPreset['published'] {
  return [{ metric: 'fid', text, source: 'GN-GAN, table of FIDs' }];
}

/** CIFAR-10 with the standard CNN of SN-GAN. */
export const cifar10SncnnGnGan: TypedPreset = {
  ...cifar10SncnnHinge,
  id: 'cifar10-sncnn-gn-gan',
  title: 'CIFAR-10, SN-GAN CNN, GN-GAN',
  description: `GN-GAN on CIFAR-10 with the nets of cifar10-sncnn-hinge. ${settings} ${howToMeasureFid}`,
  source,
  method: { id: 'gn-gan', options: hinge },
  published: fid('GN-GAN 21.70, Dist-GAN 22.95, SN-GAN 25.5 (10,000 real, 5000 generated)'),
};

/** CIFAR-10 with residual networks. */
export const cifar10ResnetGnGan: TypedPreset = {
  ...cifar10ResnetHinge,
  id: 'cifar10-resnet-gn-gan',
  title: 'CIFAR-10, ResNet, GN-GAN',
  description: `GN-GAN on CIFAR-10 with the nets of cifar10-resnet-hinge. ${settings} ${howToMeasureFid}`,
  source,
  method: { id: 'gn-gan', options: { ...hinge, ...residualTraining } },
  published: fid('GN-GAN 16.47 ± 0.28, SN-GAN 21.7 ± 0.21 (10,000 real, 5000 generated)'),
};

/** STL-10 with the standard CNN of SN-GAN. */
export const stl10SncnnGnGan: TypedPreset = {
  ...stl10SncnnHinge,
  id: 'stl10-sncnn-gn-gan',
  title: 'STL-10 48 x 48, SN-GAN CNN, GN-GAN',
  description: `GN-GAN on STL-10 with the nets of stl10-sncnn-hinge. ${settings} ${howToMeasureFid}`,
  source,
  method: { id: 'gn-gan', options: hinge },
  published: fid('GN-GAN 30.80, Dist-GAN 36.19, SN-GAN 43.2 (10,000 real, 5000 generated)'),
};

/** STL-10 with residual networks, for which no number is known. */
export const stl10ResnetGnGan: TypedPreset = {
  ...stl10ResnetHinge,
  id: 'stl10-resnet-gn-gan',
  title: 'STL-10 48 x 48, ResNet, GN-GAN',
  description: `GN-GAN on STL-10 with the nets of stl10-resnet-hinge. ${settings} ${howToMeasureFid}`,
  source,
  method: { id: 'gn-gan', options: { ...hinge, ...residualTraining } },
  published: [],
};
