export { augmentationChecks, describeAugmentation, type AugmentationSubject } from './augmentation-checks.js';
