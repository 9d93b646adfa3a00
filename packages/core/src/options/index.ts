export { choice, oneOf } from './choice.js';
export { resolveOptions } from './resolve-options.js';
export { decay, nonNegative, positive, positiveInteger, seed, seedOf32Bits } from './numbers.js';
