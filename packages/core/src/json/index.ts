export { fromJson, toJson } from './exact-json.js';
