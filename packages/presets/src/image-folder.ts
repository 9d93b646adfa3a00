import { authorsCode, distGanPaper } from './dist-gan-paper.js';
import { publishedLog, uniformLatents } from './images.js';
import type { TypedPreset } from './typed-preset.js';

/** A user's own pictures. */
export const imageFolder: TypedPreset = {
  id: 'image-folder',
  title: 'A folder of pictures, 32 x 32',
  description:
    'Dist-GAN on the pictures of a folder and its subfolders: dist-gan train image-folder --data <folder>. The middle ' +
    'square of each is taken, 32 x 32 pixels large (--set dataset.size=64 for more); the networks are the DCGAN for ' +
    'CIFAR-10 of 2018, the settings those of cifar10-dcgan.',
  source: distGanPaper(`${authorsCode}, distgan_image`),
  method: { id: 'dist-gan', options: publishedLog },
  architecture: { id: 'cifar-dcgan', options: { form: '2018' } },
  dataset: { id: 'image-folder', options: { size: 32 } },
  latents: uniformLatents(100),
  batchSize: 64,
  steps: 50_000,
  // Metrics of real samples would decode every picture before the first step.
  evaluation: { every: 1000, samples: 64, metrics: [] },
  published: [],
};
