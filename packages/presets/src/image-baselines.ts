import type { PublishedNumber, Source } from '@dist-gan/core';
import { howToMeasureFid, photographEvaluation, uniformLatents } from './images.js';
import { celebaDcgan } from './celeba.js';
import { cifar10Dcgan } from './cifar10.js';
import { mnist1kHalf, mnist1kQuarter } from './mnist-1k.js';
import type { TypedPreset } from './typed-preset.js';

/* What Dist-GAN's tables compare with, on MNIST-1K and CIFAR-10. */

const papers = {
  gan: { title: 'Goodfellow et al.: Generative adversarial nets', year: 2014, reference: 'arXiv:1406.2661' },
  lsgan: {
    title: 'Mao et al.: Least squares generative adversarial networks',
    year: 2017,
    reference: 'arXiv:1611.04076',
  },
  'wgan-gp': {
    title: 'Gulrajani et al.: Improved training of Wasserstein GANs',
    year: 2017,
    reference: 'arXiv:1704.00028',
  },
  dragan: {
    title: 'Kodali, Abernethy, Hays, Kira: On convergence and stability of GANs',
    year: 2017,
    reference: 'arXiv:1705.07215',
  },
  began: {
    title: 'Berthelot, Schumm, Metz: BEGAN, boundary equilibrium generative adversarial networks',
    year: 2017,
    reference: 'arXiv:1703.10717',
  },
  ebgan: {
    title: 'Zhao, Mathieu, LeCun: Energy-based generative adversarial network',
    year: 2016,
    reference: 'arXiv:1609.03126',
  },
  vaegan: {
    title: 'Larsen et al.: Autoencoding beyond pixels using a learned similarity metric',
    year: 2015,
    reference: 'arXiv:1512.09300',
  },
  unrolled: {
    title: 'Metz, Poole, Pfau, Sohl-Dickstein: Unrolled generative adversarial networks',
    year: 2016,
    reference: 'arXiv:1611.02163',
  },
  dcgan: {
    title:
      'Radford, Metz, Chintala: Unsupervised representation learning with deep convolutional generative adversarial networks',
    year: 2016,
    reference: 'arXiv:1511.06434',
  },
  'sn-gan': {
    title: 'Miyato, Kataoka, Koyama, Yoshida: Spectral normalization for generative adversarial networks',
    year: 2018,
    reference: 'arXiv:1802.05957',
    code: 'pfnet-research/sngan_projection; pfnet/chainer-gan-lib',
  },
  r3gan: {
    title: 'Huang, Gokaslan, Kuleshov, Tompkin: The GAN is dead; long live the GAN! A modern baseline GAN',
    year: 2024,
    reference: 'arXiv:2501.05441',
    code: 'brownvc/R3GAN train.py',
  },
} as const satisfies Record<string, Source>;

/** Settings of Unrolled GAN's experiment as PacGAN has it: 2e-4 for the discriminator, 1e-4 for the generator. */
const unrolledSettings = {
  learningRate: 2e-4,
  generatorLearningRate: 1e-4,
  beta1: 0.5,
  beta2: 0.99,
} as const;

function stackedDigits(
  size: 'quarter' | 'half',
  method: TypedPreset['method'] & { readonly id: keyof typeof papers },
  title: string,
  settings: string,
): TypedPreset {
  const base = size === 'quarter' ? mnist1kQuarter : mnist1kHalf;
  return {
    ...base,
    id: `mnist-1k-${size}-${method.id}`,
    title: `MNIST-1K, discriminator of ${size === 'quarter' ? 'a quarter' : 'half'}, ${title}`,
    description: `${title} on three stacked digits, 1000 modes, with data, networks and length of mnist-1k-${size}. ${settings}`,
    source: papers[method.id],
    method,
  };
}

const sizes = ['quarter', 'half'] as const;

/** The methods of table 1 beside Dist-GAN. */
const ofTable1 = (size: (typeof sizes)[number]): TypedPreset[] => [
  stackedDigits(
    size,
    { id: 'gan', options: unrolledSettings },
    'GAN',
    'Rates 2e-4 and 1e-4, moments 0.5 and 0.99, as in that experiment.',
  ),
  stackedDigits(
    size,
    { id: 'unrolled', options: { ...unrolledSettings, unrolledSteps: 10 } },
    'Unrolled GAN',
    'Ten unrolled updates, rates 2e-4 and 1e-4, moments 0.5 and 0.99, as in that experiment.',
  ),
  stackedDigits(
    size,
    { id: 'wgan-gp' },
    'WGAN-GP',
    "The settings are WGAN-GP's own for images; those of the table are not known. The discriminator keeps its batch norm.",
  ),
];

const lucic =
  'Networks and settings of the large-scale study of Lucic et al., which table 2 of Dist-GAN continues: 64 latents, batches of 64, 100 epochs ' +
  'for the discriminator.';

function fid(text: string, source: string): PublishedNumber {
  return { metric: 'fid', text, source };
}

function study(
  method: TypedPreset['method'] & { readonly id: keyof typeof papers },
  title: string,
  published: string,
  architecture: TypedPreset['architecture'] = { id: 'infogan' },
  note = '',
): TypedPreset {
  // The study counts updates of the discriminator. 100 epochs of 782 batches, to the nearest thousand.
  const { discriminatorSteps = 1 } = (method.options ?? {}) as { readonly discriminatorSteps?: number };
  return {
    id: `cifar10-infogan-${method.id}`,
    title: `CIFAR-10, InfoGAN-type networks, ${title}`,
    description: `${title} on CIFAR-10. ${lucic}${note} ${howToMeasureFid}`,
    source: { ...papers[method.id], code: 'google/compare_gan 49495fd' },
    method,
    architecture,
    dataset: { id: 'cifar10' },
    latents: uniformLatents(64),
    batchSize: 64,
    steps: 78_000 / discriminatorSteps,
    evaluation: { ...photographEvaluation, every: 6000 / discriminatorSteps },
    published: [fid(published, 'Dist-GAN, table 2, and Lucic et al.')],
  };
}

function snGan(loss: 'hinge' | 'log', id: string): TypedPreset {
  return {
    ...study({ id: 'sn-gan' }, 'SN-GAN', ''),
    id,
    title: `CIFAR-10, SN-GAN CNN, SN-GAN${loss === 'log' ? ', log loss' : ''}`,
    description:
      `SN-GAN with its ${loss} loss on CIFAR-10, with its standard CNN and the settings of chainer-gan-lib: one discriminator step, 2e-4, ` +
      `moments 0.5 and 0.999, 100,000 steps. Slopes and widths of the discriminator, and normal latents, are the paper's. ${howToMeasureFid}`,
    source: papers['sn-gan'],
    method: {
      id: 'sn-gan',
      options: {
        ...(loss === 'log' && { loss }),
        discriminatorSteps: 1,
        learningRate: 2e-4,
        beta1: 0.5,
        beta2: 0.999,
      },
    },
    architecture: { id: 'sngan-cnn', options: { form: 'sn-gan' } },
    latents: { dimension: 128, distribution: 'normal' },
    steps: 100_000,
    evaluation: photographEvaluation,
    published: [fid('SN-GAN hinge 25.5, log 29.3 (10,000 real, 5000 generated)', 'Dist-GAN, table 2')],
  };
}

/** The methods of table 2 beside Dist-GAN whose networks are known, and the baseline of today. */
const onCifar10: readonly TypedPreset[] = [
  study(
    { id: 'gan', options: { learningRate: 5e-5, beta1: 0, beta2: 0.999 } },
    'GAN',
    'NS GAN 58.6 ± 2.1 (10,000 and 10,000)',
  ),
  study(
    { id: 'lsgan', options: { learningRate: 2e-4, beta1: 0.5, beta2: 0.999 } },
    'LSGAN',
    'LSGAN 67.1 ± 2.9 (10,000 and 10,000)',
    undefined,
    " The errors are those of logits, as in LSGAN's paper; the study's code has them of the sigmoid's scores.",
  ),
  study(
    { id: 'wgan-gp', options: { discriminatorSteps: 5, learningRate: 1e-4, beta1: 0.5, beta2: 0.999 } },
    'WGAN-GP',
    'WGAN-GP 52.9 ± 1.3 (10,000 and 10,000)',
    { id: 'infogan', options: { discriminatorBatchNorm: false } },
  ),
  study(
    { id: 'dragan', options: { learningRate: 1e-4, beta1: 0.5, beta2: 0.999 } },
    'DRAGAN',
    'none in table 2; 31.5 with other networks (chainer-gan-lib)',
    { id: 'infogan', options: { discriminatorBatchNorm: false } },
    " The penalty is taken of the logit's gradient, and the discriminator has no batch norm; the study's code penalises that of the sigmoid's " +
      'score and, by default, has batch norm.',
  ),
  study(
    { id: 'began', options: { discriminatorSteps: 5 } },
    'BEGAN',
    'BEGAN 71.4 ± 1.1 (10,000 and 10,000)',
    { id: 'began', options: { outputActivation: 'sigmoid' } },
    " The networks are BEGAN's own auto-encoders, not the study's.",
  ),
  study(
    { id: 'vaegan', options: { reconstructionSpace: 'features', learningRate: 3e-4 } },
    'VAEGAN',
    'VAEGAN 58.1 ± 3.2 (10,000 and 10,000)',
    { id: 'infogan' },
    " Reconstructions are compared by features, with VAEGAN's own rate; the settings of the table are not known.",
  ),
  {
    ...study(
      // There the error is the root of the sum over a batch, divided by the batch: an eighth of a sample's.
      { id: 'ebgan', options: { margin: 8 } },
      'EBGAN',
      '',
      { id: 'infogan' },
      " The study has no EBGAN; its auto-encoder is that of the collection that has networks of this type for it, and so is the margin, 1 of that code's " +
        "errors, which in batches of 64 are an eighth of a sample's.",
    ),
    published: [],
  },
  snGan('hinge', 'cifar10-sncnn-sn-gan'),
  snGan('log', 'cifar10-sncnn-sn-gan-log'),
  {
    ...study({ id: 'r3gan' }, 'R3GAN', ''),
    id: 'cifar10-r3gan',
    title: 'CIFAR-10, R3GAN',
    description:
      'R3GAN on CIFAR-10 with its residual networks. Their code lets gamma fall from 0.05 to 0.005, the rate from 2e-4 to 5e-5, the ' +
      'second moment grow from 0.9 to 0.99 and augmentation strengthen over 20 million images, and is given labels; here gamma, rate and ' +
      'moment are those of its end, there are no labels, and the augmentation is DiffAugment. Images are in [0, 1] and the generator ends in ' +
      'a sigmoid, where theirs are in [-1, 1] without one: slopes are twice as steep, so that gamma is a quarter of 0.005. It needs a GPU. ' +
      howToMeasureFid,
    source: papers.r3gan,
    method: { id: 'r3gan', options: { gamma: 0.005 / 4, learningRate: 5e-5, beta1: 0, beta2: 0.99 } },
    architecture: { id: 'r3gan', options: { outputActivation: 'sigmoid' } },
    augmentations: [{ id: 'diff-augment' }],
    latents: { dimension: 64, distribution: 'normal' },
    batchSize: 512,
    // 20 million images, to the nearest multiple of 10,000.
    steps: 40_000,
    movingAverage: { halfLife: 5_000_000 },
    evaluation: photographEvaluation,
    published: [fid('1.96 with labels (50,000 generated, against the training set)', 'R3GAN, CIFAR-10')],
  },
];

/** DCGAN: the standard GAN with the convolutional networks and the settings that made it work. */
function dcgan(base: TypedPreset, length: Pick<TypedPreset, 'steps' | 'evaluation'>): TypedPreset {
  const [data] = base.title.split(', ');
  return {
    ...base,
    ...length,
    id: `${base.id}-gan`,
    title: `${data}, DCGAN, DCGAN`,
    description:
      `DCGAN on ${data} with the networks of ${base.id} and its own settings: the non-saturating GAN, a rate of 2e-4, a first moment of 0.5, ` +
      `100 latents from a normal distribution. ${howToMeasureFid}`,
    source: papers.dcgan,
    method: { id: 'gan', options: { learningRate: 2e-4, beta1: 0.5, beta2: 0.999 } },
    latents: { dimension: 100, distribution: 'normal' },
  };
}

const withDcgan: readonly TypedPreset[] = [
  dcgan(cifar10Dcgan, { steps: 100_000, evaluation: photographEvaluation }),
  {
    // 50 epochs of 3166 batches, to the nearest ten thousand.
    ...dcgan(celebaDcgan, { steps: 160_000, evaluation: celebaDcgan.evaluation }),
    published: [],
  },
];

type ImageBaselineId =
  | `mnist-1k-${(typeof sizes)[number]}-${'gan' | 'unrolled' | 'wgan-gp'}`
  | `cifar10-infogan-${'gan' | 'lsgan' | 'wgan-gp' | 'dragan' | 'began' | 'vaegan' | 'ebgan'}`
  | 'cifar10-sncnn-sn-gan'
  | 'cifar10-sncnn-sn-gan-log'
  | 'cifar10-dcgan-gan'
  | 'celeba-dcgan-gan'
  | 'cifar10-r3gan';

/** By ids such as `mnist-1k-quarter-gan` and `cifar10-infogan-lsgan`. */
export const imageBaselines = Object.fromEntries(
  [...sizes.flatMap(ofTable1), ...onCifar10, ...withDcgan].map((preset) => [preset.id, preset]),
) as Record<ImageBaselineId, TypedPreset>;
