export * from './augmentations.js';
