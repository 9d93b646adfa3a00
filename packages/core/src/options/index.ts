export { resolveOptions } from './resolve-options.js';
export { decay, nonNegative, positive, positiveInteger } from './numbers.js';
