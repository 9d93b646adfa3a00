export { presets } from './presets.js';
export type { ItemOf, TypedPreset } from './typed-preset.js';
