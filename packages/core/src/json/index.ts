export { fromJson, toJson } from './exact-json.js';
export { readAs } from './read-as.js';
