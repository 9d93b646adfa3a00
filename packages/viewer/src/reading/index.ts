export { RunReader } from './run-reader.js';
