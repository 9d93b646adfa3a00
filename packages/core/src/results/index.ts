export { areComparable, howMeasured, resultsByName } from './results.js';
