export * from './architecture/index.js';
export * from './augmentation/index.js';
export * from './compiled/index.js';
export * from './dataset/index.js';
export * from './loss/index.js';
export * from './method/index.js';
export * from './metric/index.js';
export * from './recipe/index.js';
