import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import { howToMeasureFid, publishedLog, releasedLog, uniformLatents } from './images.js';
import type { TypedPreset } from './typed-preset.js';

/** CelebA with the networks of 2018. */
export const celebaDcgan: TypedPreset = {
  id: 'celeba-dcgan',
  title: 'CelebA 64 x 64, DCGAN',
  description:
    'Dist-GAN on faces of 64 x 64 with the networks of 2018, for which the latent weight of 0.1105 was computed, and ' +
    `the settings of that time; 200,000 steps as in the code (the paper: 50 epochs). ${howToMeasureFid}`,
  source: distGanPaper('github.com/tntrung/msgan at 8b8170f, modules/net_dcgan.py:240-301, for the networks'),
  method: { id: 'dist-gan', options: publishedLog },
  architecture: { id: 'celeba-dcgan', options: { width: 64 } },
  dataset: { id: 'celeba' },
  latents: uniformLatents(100),
  batchSize: 64,
  steps: 200_000,
  // Metrics of real samples would decode all 202,599 pictures before the first step.
  evaluation: { every: 10_000, samples: 5000, metrics: [] },
  published: [
    {
      metric: 'fid',
      text: 'Dist-GAN 23.7 ± 0.3, VAEGAN 27.5 ± 1.9, BEGAN 38.1 ± 1.1, WGAN-GP 26.8 ± 1.2 (10,000 and 10,000; InfoGAN-type networks)',
      value: 23.7,
      source: 'Dist-GAN, table 2',
    },
  ],
};

/** CelebA as the code stands now. */
export const celebaDcganReleased: TypedPreset = {
  ...celebaDcgan,
  id: 'celeba-dcgan-released',
  title: 'CelebA 64 x 64, DCGAN, as released',
  description:
    'Dist-GAN on faces of 64 x 64 as in the released code: networks of twice the width with the latent weight of the ' +
    'narrow ones, the reconstruction phase trains the encoder alone, reconstructions fade in the second half. ' +
    howToMeasureFid,
  source: distGanPaper(`${authorsCode}, distgan_image/distgan_celeba.py`),
  method: { id: 'dist-gan', options: { ...releasedLog, latentWeight: 0.1105 } },
  architecture: { id: 'celeba-dcgan', options: { width: 128 } },
};
