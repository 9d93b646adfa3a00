/** For pages, too: `@dist-gan/datasets/pictures` needs Node. */
export * from './weights.js';
