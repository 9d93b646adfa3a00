export { generatedImages, type GeneratedImagesOptions } from './evaluation/generated-images.js';
export type { OutsideFlags } from './evaluation/outside-generator.js';
export { main } from './main.js';
export type { Ending } from './ending/index.js';
export { processTerminal } from './terminal.js';
export type { Terminal } from './terminal.js';
