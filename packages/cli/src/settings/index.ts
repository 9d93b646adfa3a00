export { applyOverrides } from './apply-overrides.js';
export { mergeObjects, readAssignments } from './assignments.js';
export { readConfigFile, type Configuration } from './config-file.js';
export { checkOverrides, settableKeys } from './overrides.js';
export { changeRecipePreset } from './recipe-overrides.js';
