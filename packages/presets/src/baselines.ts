import { gaussianGrid } from './gaussian-grid.js';
import { gaussianPlus } from './gaussian-plus.js';
import { gaussianRing } from './gaussian-ring.js';
import { gaussianSine } from './gaussian-sine.js';
import { swissRoll } from './swiss-roll.js';
import { fastOptions } from './two-dimensional.js';
import type { TypedPreset } from './typed-preset.js';

/** What the baselines are tried on: the fast presets of Dist-GAN. */
const layouts = {
  'gaussian-grid': gaussianGrid,
  'gaussian-ring': gaussianRing,
  'gaussian-plus': gaussianPlus,
  'gaussian-sine': gaussianSine,
  'swiss-roll': swissRoll,
} as const;

interface Baseline {
  readonly method: TypedPreset['method'];
  readonly architecture?: TypedPreset['architecture'];
  readonly title: string;
  readonly paper: string;
  readonly year: number;
  readonly arxiv: string;
  /** Default: that of the fast preset. */
  readonly batchSize?: number;
  /** What a reader of the result must know. */
  readonly note?: string;
}

const mdganPaper = 'Che, Li, Jacob, Bengio, Li: Mode regularized generative adversarial networks';
const danPaper = 'Li, Alvarez-Melis, Xu, Jegelka, Sra: Distributional adversarial networks';
/** Falls to 0 over the last two thirds of a run, as the fast presets of Dist-GAN have it, from two thirds of `learningRate`. */
const falling = fastOptions.learningRateSchedule;
/** As fast as Dist-GAN's fast preset, and slower. */
const fast = { learningRate: fastOptions.learningRate, learningRateSchedule: falling };
const slow = { learningRate: 1e-3, learningRateSchedule: falling };
/** Which settings were chosen, and how; docs/reproduction/synthetic.md has what was tried. */
const chosen = ' Its learning rate was chosen on the grid with one seed.';

const wganPaper = 'Arjovsky, Chintala, Bottou: Wasserstein GAN';

/** Every baseline, by the id of its method. */
const baselines = {
  gan: {
    method: { id: 'gan', options: slow },
    note: chosen,
    title: 'GAN',
    paper: 'Goodfellow et al.: Generative adversarial nets',
    year: 2014,
    arxiv: '1406.2661',
  },
  lsgan: {
    method: { id: 'lsgan' },
    title: 'LSGAN',
    paper: 'Mao et al.: Least squares generative adversarial networks',
    year: 2017,
    arxiv: '1611.04076',
  },
  wgan: { method: { id: 'wgan' }, title: 'WGAN', paper: wganPaper, year: 2017, arxiv: '1701.07875' },
  'wgan-gp': {
    method: { id: 'wgan-gp', options: { gradientPenaltyWeight: 0.1, ...fast } },
    note: `${chosen} The weight of its penalty is that of its authors' experiments on points, a hundredth of that on images.`,
    title: 'WGAN-GP',
    paper: 'Gulrajani et al.: Improved training of Wasserstein GANs',
    year: 2017,
    arxiv: '1704.00028',
  },
  dragan: {
    method: { id: 'dragan' },
    title: 'DRAGAN',
    paper: 'Kodali, Abernethy, Hays, Kira: On convergence and stability of GANs',
    year: 2017,
    arxiv: '1705.07215',
  },
  'sn-gan': {
    method: { id: 'sn-gan' },
    architecture: { id: 'mlp', options: { discriminatorSpectralNorm: true } },
    title: 'SN-GAN',
    paper: 'Miyato, Kataoka, Koyama, Yoshida: Spectral normalization for generative adversarial networks',
    year: 2018,
    arxiv: '1802.05957',
    note: ' The discriminator has spectral norm in every layer.',
  },
  'rp-gan': {
    method: { id: 'rp-gan', options: fast },
    note: chosen,
    title: 'RpGAN',
    paper: 'Jolicoeur-Martineau: The relativistic discriminator, a key element missing from standard GAN',
    year: 2018,
    arxiv: '1807.00734',
  },
  r3gan: {
    method: { id: 'r3gan', options: { gamma: 0.01, ...fast } },
    note: `${chosen} So was gamma.`,
    title: 'R3GAN',
    paper: 'Huang, Gokaslan, Kuleshov, Tompkin: The GAN is dead; long live the GAN! A modern baseline GAN',
    year: 2024,
    arxiv: '2501.05441',
  },
  unrolled: {
    method: { id: 'unrolled' },
    title: 'Unrolled GAN',
    paper: 'Metz, Poole, Pfau, Sohl-Dickstein: Unrolled generative adversarial networks',
    year: 2016,
    arxiv: '1611.02163',
  },
  ali: {
    method: { id: 'ali' },
    title: 'ALI',
    paper: 'Dumoulin et al.: Adversarially learned inference',
    year: 2016,
    arxiv: '1606.00704',
    note: ' The nets of its paper, with maxout and batch norm, are not these; gaussian-grid-pacgan-ali has them.',
  },
  bigan: {
    method: { id: 'bigan' },
    title: 'BiGAN',
    paper: 'Donahue, Kraehenbuehl, Darrell: Adversarial feature learning',
    year: 2016,
    arxiv: '1605.09782',
  },
  vaegan: {
    method: { id: 'vaegan' },
    title: 'VAEGAN',
    paper: 'Larsen et al.: Autoencoding beyond pixels using a learned similarity metric',
    year: 2015,
    arxiv: '1512.09300',
  },
  mdgan: { method: { id: 'mdgan' }, title: 'MDGAN', paper: mdganPaper, year: 2016, arxiv: '1612.02136' },
  'reg-gan': {
    method: { id: 'reg-gan' },
    title: 'Reg-GAN',
    paper: mdganPaper,
    year: 2016,
    arxiv: '1612.02136',
  },
  veegan: {
    method: { id: 'veegan' },
    title: 'VEEGAN',
    paper:
      'Srivastava, Valkov, Russell, Gutmann, Sutton: VEEGAN, reducing mode collapse in GANs using implicit variational learning',
    year: 2017,
    arxiv: '1705.07761',
  },
  ebgan: {
    method: { id: 'ebgan' },
    title: 'EBGAN',
    paper: 'Zhao, Mathieu, LeCun: Energy-based generative adversarial network',
    year: 2016,
    arxiv: '1609.03126',
    note: ' Its discriminator has a code wider than the samples, and can learn to copy.',
  },
  began: {
    method: { id: 'began' },
    title: 'BEGAN',
    paper: 'Berthelot, Schumm, Metz: BEGAN, boundary equilibrium generative adversarial networks',
    year: 2017,
    arxiv: '1703.10717',
    note: ' Its discriminator has a code wider than the samples, and can learn to copy.',
  },
  aae: {
    method: { id: 'aae' },
    title: 'Adversarial auto-encoder',
    paper: 'Makhzani, Shlens, Jaitly, Goodfellow, Frey: Adversarial autoencoders',
    year: 2015,
    arxiv: '1511.05644',
  },
  gdpp: {
    method: { id: 'gan', options: { regularisers: [{ id: 'gdpp' }] } },
    title: 'GDPP',
    paper:
      'Elfeki, Couprie, Riviere, Elhoseiny: GDPP, learning diverse generations using determinantal point processes',
    year: 2019,
    arxiv: '1812.00068',
    batchSize: 32,
    note: ' Batches are of 32 points, for a step decomposes two matrices of that size.',
  },
  'dan-s': { method: { id: 'dan-s' }, title: 'DAN-S', paper: danPaper, year: 2017, arxiv: '1706.09549' },
  'dan-2s': {
    method: { id: 'dan-2s', options: slow },
    note: chosen,
    title: 'DAN-2S',
    paper: danPaper,
    year: 2017,
    arxiv: '1706.09549',
  },
  'info-gan': {
    method: { id: 'info-gan', options: { categories: 0, continuous: 2 } },
    title: 'InfoGAN',
    paper:
      'Chen, Duan, Houthooft, Schulman, Sutskever, Abbeel: InfoGAN, interpretable representation learning',
    year: 2016,
    arxiv: '1606.03657',
    note: ' Both latents are to be found again.',
  },
} as const satisfies Record<string, Baseline>;

type LayoutId = keyof typeof layouts;
type BaselineId = keyof typeof baselines;

/** Data, nets, batch and evaluation of the fast preset, everything else the method's own. */
function on(layout: LayoutId, id: BaselineId): TypedPreset {
  const base = layouts[layout];
  const { method, architecture, title, paper, year, arxiv, batchSize, note = '' }: Baseline = baselines[id];
  const [data] = base.title.split(', ');
  return {
    ...base,
    id: `${layout}-${id}`,
    title: `${data}, ${title}`,
    description:
      `${title} with the data, the nets and the length of ${layout}. Other settings are the method's own, not tuned to it, ` +
      `but for what is said here.${note}`,
    source: { title: paper, year, reference: `arXiv:${arxiv}` },
    method,
    ...(architecture !== undefined && { architecture }),
    ...(batchSize !== undefined && { batchSize }),
  };
}

/** Every baseline on every two-dimensional data set, by ids such as `gaussian-grid-gan`. */
export const mixtureBaselines = Object.fromEntries(
  (Object.keys(layouts) as LayoutId[]).flatMap((layout) =>
    (Object.keys(baselines) as BaselineId[]).map((id) => [`${layout}-${id}`, on(layout, id)]),
  ),
) as Record<`${LayoutId}-${BaselineId}`, TypedPreset>;
