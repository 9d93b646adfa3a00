export { augmentations } from './augmentations.js';
export { adaptiveDiffAugment, type AdaptiveDiffAugmentOptions } from './adaptive-diff-augment.js';
export { diffAugment, type DiffAugmentOptions } from './diff-augment.js';
export { horizontalFlip } from './horizontal-flip.js';
