import type { FrechetOptions } from '../../features/frechet/frechet-distance.js';
import type { PublishedPreparation } from '../../extractors/images/preparation.js';
import type { InceptionScoreOptions } from '../../features/inception-score/inception-score.js';
import type { KernelOptions } from '../../features/kernel/kernel-distance.js';
import type { PrecisionRecallOptions } from '../../features/manifold/manifold-metrics.js';

/** Every choice behind a published number, where its program makes one. */
export interface EvaluationProtocol {
  readonly id: string;
  readonly title: string;
  /** Where the choices are written down. */
  readonly source: string;
  /** How images become inputs of FID's Inception-v3: resize, scaling. */
  readonly preparation: PublishedPreparation;
  /** Its layer, for all but the Inception Score. */
  readonly layer: '2048';
  /** What becomes of a last batch that is not full: TTUR's program drops its images. */
  readonly partialBatch: 'kept' | 'dropped';
  readonly frechetDistance: FrechetOptions;
  readonly kernelDistance?: KernelOptions;
  readonly inceptionScore?: InceptionScoreOptions;
  readonly precisionRecall?: PrecisionRecallOptions;
  /** How many samples of what, where the protocol says so. */
  readonly samples?: {
    readonly real: { readonly split: 'train' | 'test'; readonly count: number };
    readonly generated: number;
  };
}

const ttur = {
  title: 'TTUR, the original FID',
  source: 'Heusel et al. 2017; bioinf-jku/TTUR, fid.py',
  preparation: 'ttur',
  layer: '2048',
  partialBatch: 'dropped',
  frechetDistance: { ddof: 1 },
  // OpenAI's code leaves the samples in order, which is one of their classes for the files of a folder.
  inceptionScore: { splits: 10, seed: 2020 },
} as const;

const distGan = {
  title: 'The evaluation of the Dist-GAN paper: FID by the program of TTUR',
  source: 'Tran, Bui and Cheung 2018, section 4.3',
} as const;

/** Protocols by name. Numbers by different ones must not be compared. */
export const evaluationProtocols = {
  ttur: { id: 'ttur', ...ttur },
  'pytorch-fid': {
    id: 'pytorch-fid',
    title: 'pytorch-fid',
    source: 'mseitzer/pytorch-fid, fid_score.py',
    preparation: 'pytorch-fid',
    layer: '2048',
    partialBatch: 'kept',
    frechetDistance: { ddof: 1 },
  },
  'torch-fidelity': {
    id: 'torch-fidelity',
    title: 'torch-fidelity',
    source: 'toshas/torch-fidelity, defaults.py',
    preparation: 'torch-fidelity',
    layer: '2048',
    partialBatch: 'kept',
    frechetDistance: { ddof: 1 },
    kernelDistance: { sampling: 'subsets', subsets: 100, subsetSize: 1000, seed: 2020 },
    inceptionScore: { splits: 10, seed: 2020 },
    precisionRecall: { neighbours: 3, boundary: 'inclusive' },
  },
  'clean-fid': {
    id: 'clean-fid',
    title: 'clean-fid, mode "clean"; its program draws the subsets of KID without a seed',
    source: 'GaParmar/clean-fid, fid.py; Parmar, Zhang and Zhu 2022',
    preparation: 'clean-fid',
    layer: '2048',
    partialBatch: 'kept',
    frechetDistance: { ddof: 1 },
    kernelDistance: { sampling: 'subsets', subsets: 100, subsetSize: 1000 },
  },
  'dist-gan-train': {
    ...ttur,
    ...distGan,
    id: 'dist-gan-train',
    samples: { real: { split: 'train', count: 10_000 }, generated: 5000 },
  },
  'dist-gan-test': {
    ...ttur,
    ...distGan,
    id: 'dist-gan-test',
    samples: { real: { split: 'test', count: 10_000 }, generated: 10_000 },
  },
} as const satisfies Record<string, EvaluationProtocol>;

export type EvaluationProtocolId = keyof typeof evaluationProtocols;
