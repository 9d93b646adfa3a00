import { gaussianGrid } from './gaussian-grid.js';
import type { TypedPreset } from './typed-preset.js';

/** A baseline on the 25 Gaussians: data, nets, batch and evaluation of gaussian-grid, everything else the method's own. */
function onTheGrid(
  method: TypedPreset['method'],
  title: string,
  paper: string,
  year: number,
  arxiv: string,
  note = '',
): TypedPreset {
  return {
    ...gaussianGrid,
    id: `gaussian-grid-${method.id}`,
    title: `25 Gaussians, ${title}`,
    description:
      `${title} on a grid of 25 Gaussians, with the data, the nets and the length of gaussian-grid and the method's own ` +
      `settings otherwise, which are not tuned to it.${note}`,
    source: { title: paper, year, reference: `arXiv:${arxiv}` },
    method,
  };
}

/** Baselines on the 25 Gaussians, by their ids. */
export const gridBaselines = {
  'gaussian-grid-gan': onTheGrid(
    { id: 'gan' },
    'GAN',
    'Goodfellow et al.: Generative adversarial nets',
    2014,
    '1406.2661',
  ),
  'gaussian-grid-lsgan': onTheGrid(
    { id: 'lsgan' },
    'LSGAN',
    'Mao et al.: Least squares generative adversarial networks',
    2017,
    '1611.04076',
  ),
  'gaussian-grid-wgan-gp': onTheGrid(
    { id: 'wgan-gp' },
    'WGAN-GP',
    'Gulrajani et al.: Improved training of Wasserstein GANs',
    2017,
    '1704.00028',
  ),
  'gaussian-grid-dragan': onTheGrid(
    { id: 'dragan' },
    'DRAGAN',
    'Kodali, Abernethy, Hays, Kira: On convergence and stability of GANs',
    2017,
    '1705.07215',
  ),
  'gaussian-grid-r3gan': onTheGrid(
    { id: 'r3gan' },
    'R3GAN',
    'Huang, Gokaslan, Kuleshov, Tompkin: The GAN is dead; long live the GAN! A modern baseline GAN',
    2024,
    '2501.05441',
  ),
  'gaussian-grid-unrolled': onTheGrid(
    { id: 'unrolled' },
    'Unrolled GAN',
    'Metz, Poole, Pfau, Sohl-Dickstein: Unrolled generative adversarial networks',
    2016,
    '1611.02163',
  ),
  'gaussian-grid-ali': onTheGrid(
    { id: 'ali' },
    'ALI',
    'Dumoulin et al.: Adversarially learned inference',
    2016,
    '1606.00704',
    ' The nets of its paper, with maxout and batch norm, are not these.',
  ),
  'gaussian-grid-bigan': onTheGrid(
    { id: 'bigan' },
    'BiGAN',
    'Donahue, Kraehenbuehl, Darrell: Adversarial feature learning',
    2016,
    '1605.09782',
  ),
  'gaussian-grid-vaegan': onTheGrid(
    { id: 'vaegan' },
    'VAEGAN',
    'Larsen et al.: Autoencoding beyond pixels using a learned similarity metric',
    2015,
    '1512.09300',
  ),
  'gaussian-grid-mdgan': onTheGrid(
    { id: 'mdgan' },
    'MDGAN',
    'Che, Li, Jacob, Bengio, Li: Mode regularized generative adversarial networks',
    2016,
    '1612.02136',
  ),
  'gaussian-grid-ebgan': onTheGrid(
    { id: 'ebgan' },
    'EBGAN',
    'Zhao, Mathieu, LeCun: Energy-based generative adversarial network',
    2016,
    '1609.03126',
  ),
  'gaussian-grid-began': onTheGrid(
    { id: 'began' },
    'BEGAN',
    'Berthelot, Schumm, Metz: BEGAN, boundary equilibrium generative adversarial networks',
    2017,
    '1703.10717',
  ),
} as const;
