export { presets } from './presets.js';
export { recipePresets } from './recipes.js';
export type { ItemOf, TypedPreset, TypedRecipePreset } from './typed-preset.js';
