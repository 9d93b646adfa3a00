import type { PublishedNumber } from '@dist-gan/core';
import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import {
  howToMeasureFid,
  photographEvaluation,
  publishedHinge,
  publishedLog,
  releasedHinge,
  releasedLog,
  residualTraining,
  uniformLatents,
} from './images.js';
import type { TypedPreset } from './typed-preset.js';

const source = distGanPaper(`${authorsCode}, distgan_image/distgan_cifar.py`);
const protocol = '10,000 real, 5000 generated';

function fid(text: string, where: string): PublishedNumber {
  return { metric: 'fid', text, source: where };
}

const common = {
  dataset: { id: 'cifar10' },
  latents: uniformLatents(128),
  batchSize: 64,
  steps: 300_000,
  evaluation: photographEvaluation,
} satisfies Partial<TypedPreset>;

/** CIFAR-10 with the DCGAN of 2018. */
export const cifar10Dcgan: TypedPreset = {
  ...common,
  id: 'cifar10-dcgan',
  title: 'CIFAR-10, DCGAN',
  description:
    'Dist-GAN on CIFAR-10 with the DCGAN of 2018, for whose 2048 features the latent weight of 0.2209 was computed, and ' +
    `the settings of that time. ${howToMeasureFid}`,
  source: distGanPaper('github.com/tntrung/gan before 6aedfd0, gaan_image'),
  method: { id: 'dist-gan', options: publishedLog },
  architecture: { id: 'cifar-dcgan', options: { form: '2018' } },
  latents: uniformLatents(100),
  published: [
    fid('DCGAN 28.95 ± 0.42 (10,000 and 10,000)', 'mimicry, reproducibility table'),
    fid('DCGAN 42.72 (50,000 against the training set)', 'pytorch-gan-collections'),
  ],
};

/** The same, each photograph by its class. */
export const cifar10DcganConditional: TypedPreset = {
  ...cifar10Dcgan,
  id: 'cifar10-dcgan-conditional',
  title: 'CIFAR-10, DCGAN, by class',
  description:
    'Dist-GAN on CIFAR-10 with a generator and a discriminator that are given the class: conditional batch norm and a projection ' +
    `in the networks of cifar10-dcgan. Of no paper; dist-gan sample --labels 3 then draws cats. ${howToMeasureFid}`,
  architecture: { id: 'cifar-dcgan', options: { form: '2018', classes: 10 } },
  // Others were trained without labels.
  published: [],
};

/** CIFAR-10 with the DCGAN of the code as it stands. */
export const cifar10DcganReleased: TypedPreset = {
  ...cifar10Dcgan,
  id: 'cifar10-dcgan-released',
  title: 'CIFAR-10, DCGAN, as released',
  description:
    'Dist-GAN on CIFAR-10 as in the released code: a DCGAN of twice the width with the latent weight of the narrow one, ' +
    'the reconstruction phase trains the encoder alone, reconstructions fade in the second half. ' +
    howToMeasureFid,
  source,
  method: { id: 'dist-gan', options: { ...releasedLog, latentWeight: 0.25 } },
  architecture: { id: 'cifar-dcgan', options: { form: 'head' } },
  latents: uniformLatents(128),
};

/** CIFAR-10 with the networks of the comparison that table 2 of the paper continues. */
export const cifar10Infogan: TypedPreset = {
  ...common,
  id: 'cifar10-infogan',
  title: 'CIFAR-10, InfoGAN-type networks',
  description:
    'Dist-GAN on CIFAR-10 with the networks of the large-scale study of Lucic et al., as in table 2 of the paper, which ' +
    `states neither the encoder nor the latents; the settings are those of cifar10-sncnn-log. ${howToMeasureFid}`,
  source,
  method: { id: 'dist-gan', options: publishedLog },
  architecture: { id: 'infogan' },
  published: [
    fid(
      'Dist-GAN 45.6 ± 1.2, WGAN-GP 52.9 ± 1.3, VAEGAN 58.1 ± 3.2, GAN 58.6 ± 2.1, LSGAN 67.1 ± 2.9, BEGAN 71.4 ± 1.1 (10,000 and 10,000)',
      'Dist-GAN, table 2',
    ),
  ],
};

/** CIFAR-10 with the standard CNN of SN-GAN and the log loss. */
export const cifar10SncnnLog: TypedPreset = {
  ...common,
  id: 'cifar10-sncnn-log',
  title: 'CIFAR-10, SN-GAN CNN, log loss',
  description:
    "Dist-GAN on CIFAR-10 with the authors' form of SN-GAN's standard CNN and the log loss, with the settings of the code " +
    `when 28.23 was published: the reconstruction phase trains encoder and generator. ${howToMeasureFid}`,
  source,
  method: { id: 'dist-gan', options: publishedLog },
  architecture: { id: 'sngan-cnn', options: { resolution: 32 } },
  published: [fid(`Dist-GAN 28.23, SN-GAN 29.3, WGAN-GP 40.2 (${protocol})`, 'Dist-GAN, table 2 and README')],
};

export const cifar10SncnnLogReleased: TypedPreset = {
  ...cifar10SncnnLog,
  id: 'cifar10-sncnn-log-released',
  title: 'CIFAR-10, SN-GAN CNN, log loss, as released',
  description:
    'As cifar10-sncnn-log with the options of the released code: the reconstruction phase trains the encoder alone, and ' +
    `reconstructions fade in the second half. ${howToMeasureFid}`,
  method: { id: 'dist-gan', options: releasedLog },
};

/** CIFAR-10 with the standard CNN of SN-GAN and the hinge. */
export const cifar10SncnnHinge: TypedPreset = {
  ...cifar10SncnnLog,
  id: 'cifar10-sncnn-hinge',
  title: 'CIFAR-10, SN-GAN CNN, hinge',
  description:
    "Dist-GAN on CIFAR-10 with the authors' form of SN-GAN's standard CNN and the hinge as the paper writes it: on logits, " +
    `with a penalty that is minimised. ${howToMeasureFid}`,
  method: { id: 'dist-gan', options: publishedHinge },
  published: [fid(`Dist-GAN 22.95, SN-GAN hinge 25.5 (${protocol})`, 'Dist-GAN, table 2 and README')],
};

export const cifar10SncnnHingeReleased: TypedPreset = {
  ...cifar10SncnnHinge,
  id: 'cifar10-sncnn-hinge-released',
  title: 'CIFAR-10, SN-GAN CNN, hinge, as released',
  description:
    'As cifar10-sncnn-hinge with the options of the released code: the hinge on sigmoid scores, a penalty that the ' +
    'discriminator maximises, a reconstruction phase that trains the encoder alone, and reconstructions that fade. ' +
    howToMeasureFid,
  method: { id: 'dist-gan', options: releasedHinge },
};

/** CIFAR-10 with residual networks. */
export const cifar10ResnetHinge: TypedPreset = {
  ...common,
  id: 'cifar10-resnet-hinge',
  title: 'CIFAR-10, ResNet, hinge',
  description:
    'Dist-GAN on CIFAR-10 with the residual networks of December 2018, when 17.61 was published, and the hinge on logits; ' +
    `the reconstruction phase trains the encoder alone, as it always did with these networks. ${howToMeasureFid}`,
  source: distGanPaper('github.com/tntrung/gan at 1de8b98, distgan_image/modules/models_resnet_v1.py'),
  method: {
    id: 'dist-gan',
    options: { ...publishedHinge, ...residualTraining, autoencoderUpdates: 'encoder' },
  },
  architecture: { id: 'resnet', options: { resolution: 32, form: 'v1' } },
  published: [
    fid(`Dist-GAN 17.61 ± 0.30, SN-GAN 21.7 ± 0.21 (${protocol})`, 'Dist-GAN, README'),
    fid('SN-GAN 23.90 ± 0.20 (10,000 and 5000), 16.77 ± 0.04 (50,000 and 50,000)', 'mimicry'),
  ],
};

export const cifar10ResnetHingeReleased: TypedPreset = {
  ...cifar10ResnetHinge,
  id: 'cifar10-resnet-hinge-released',
  title: 'CIFAR-10, ResNet, hinge, as released',
  description:
    'Dist-GAN on CIFAR-10 with the residual networks and the options of the released code: the hinge on sigmoid scores, a ' +
    `penalty that the discriminator maximises, reconstructions that fade. ${howToMeasureFid}`,
  source,
  method: { id: 'dist-gan', options: { ...releasedHinge, ...residualTraining } },
  architecture: { id: 'resnet', options: { resolution: 32, form: 'head' } },
};
