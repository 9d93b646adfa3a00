export {
  formatCount as count,
  formatDuration as duration,
  formatNumber as number,
  formatSpeed as speed,
} from '@dist-gan/core';
export { resultsTable } from './results-table.js';
export { table } from './table.js';
