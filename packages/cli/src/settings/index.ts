export { mergeObjects, readAssignments } from './assignments.js';
export { changePreset } from './change-preset.js';
export { readConfigFile, type Configuration } from './config-file.js';
export { settableKeys } from './overrides.js';
export { changeRecipePreset } from './recipe-overrides.js';
