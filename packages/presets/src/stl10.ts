import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import {
  howToMeasureFid,
  photographEvaluation,
  publishedHinge,
  releasedHinge,
  residualTraining,
  uniformLatents,
} from './images.js';
import type { TypedPreset } from './typed-preset.js';

const source = distGanPaper(`${authorsCode}, distgan_image/distgan_stl10.py`);

/** STL-10 with the standard CNN of SN-GAN and the hinge. */
export const stl10SncnnHinge: TypedPreset = {
  id: 'stl10-sncnn-hinge',
  title: 'STL-10 48 x 48, SN-GAN CNN, hinge',
  description:
    "Dist-GAN on the 100,000 unlabelled images of STL-10 at 48 x 48, with the authors' form of SN-GAN's standard CNN and " +
    `the hinge on logits, for the 100,000 steps after which 36.19 was measured. ${howToMeasureFid}`,
  source,
  method: { id: 'dist-gan', options: publishedHinge },
  architecture: { id: 'sngan-cnn', options: { resolution: 48 } },
  dataset: { id: 'stl10' },
  latents: uniformLatents(128),
  batchSize: 64,
  steps: 100_000,
  evaluation: photographEvaluation,
  published: [
    {
      metric: 'fid',
      text: 'Dist-GAN 36.19, SN-GAN hinge 43.2, SN-GAN 53.1, WGAN-GP 55.1 (10,000 real, 5000 generated)',
      value: 36.19,
      source: 'Dist-GAN, table 2 and README',
    },
  ],
};

export const stl10SncnnHingeReleased: TypedPreset = {
  ...stl10SncnnHinge,
  id: 'stl10-sncnn-hinge-released',
  title: 'STL-10 48 x 48, SN-GAN CNN, hinge, as released',
  description:
    'As stl10-sncnn-hinge with the options of the released code: 300,000 steps, the hinge on sigmoid scores, a penalty ' +
    'that the discriminator maximises, a reconstruction phase that trains the encoder alone, and reconstructions that ' +
    `fade. ${howToMeasureFid}`,
  method: { id: 'dist-gan', options: releasedHinge },
  steps: 300_000,
};

/** STL-10 with residual networks. */
export const stl10ResnetHinge: TypedPreset = {
  ...stl10SncnnHinge,
  id: 'stl10-resnet-hinge',
  title: 'STL-10 48 x 48, ResNet, hinge',
  description:
    'Dist-GAN on the 100,000 unlabelled images of STL-10 at 48 x 48, with residual networks and the hinge on logits; the ' +
    `reconstruction phase trains the encoder alone, as it always did with these networks. ${howToMeasureFid}`,
  method: {
    id: 'dist-gan',
    options: { ...publishedHinge, ...residualTraining, autoencoderUpdates: 'encoder' },
  },
  architecture: { id: 'resnet', options: { resolution: 48 } },
  steps: 300_000,
  published: [
    {
      metric: 'fid',
      text: 'Dist-GAN 28.50 ± 0.49 (10,000 real, 5000 generated)',
      value: 28.5,
      source: 'Dist-GAN, README',
    },
    { metric: 'fid', text: 'SN-GAN 39.56 ± 0.10 (50,000 and 50,000)', source: 'mimicry' },
  ],
};

export const stl10ResnetHingeReleased: TypedPreset = {
  ...stl10ResnetHinge,
  id: 'stl10-resnet-hinge-released',
  title: 'STL-10 48 x 48, ResNet, hinge, as released',
  description:
    'As stl10-resnet-hinge with the options of the released code: the hinge on sigmoid scores, a penalty that the ' +
    `discriminator maximises, reconstructions that fade. ${howToMeasureFid}`,
  method: { id: 'dist-gan', options: { ...releasedHinge, ...residualTraining } },
};
