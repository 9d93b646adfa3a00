export { augmentations } from './augmentations.js';
export { diffAugment, type DiffAugmentOptions } from './diff-augment.js';
export { horizontalFlip } from './horizontal-flip.js';
