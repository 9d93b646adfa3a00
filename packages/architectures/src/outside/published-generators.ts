import { mimicrySngan } from './mimicry-sngan.js';
import { pytorchDcgan } from './pytorch-dcgan.js';

/** Generators of other projects whose weights can be loaded, by id. */
export const publishedGenerators = {
  'mimicry-sngan': mimicrySngan,
  'pytorch-dcgan': pytorchDcgan,
} as const;
