export { meanOf, standardDeviationOf } from './mean-and-deviation.js';
