import { adaptiveDiffAugment } from './adaptive-diff-augment.js';
import { diffAugment } from './diff-augment.js';
import { horizontalFlip } from './horizontal-flip.js';

export { adaptiveDiffAugment, type AdaptiveDiffAugmentOptions } from './adaptive-diff-augment.js';
export { diffAugment, type DiffAugmentOptions } from './diff-augment.js';
export { horizontalFlip } from './horizontal-flip.js';

/** Every augmentation of this package by its id, for config files and command lines. */
export const augmentations = {
  'diff-augment': diffAugment,
  'adaptive-diff-augment': adaptiveDiffAugment,
  'horizontal-flip': horizontalFlip,
} as const;
