export * from './batches/index.js';
export * from './contracts/index.js';
export * from './errors/index.js';
export * from './files/index.js';
export * from './json/index.js';
export * from './options/index.js';
export * from './random/index.js';
export * from './safetensors/index.js';
