export { changeWords } from './change-words.js';
export { protocolWords } from './protocol-words.js';
export { areComparable, howMeasured, resultsByName } from './results.js';
