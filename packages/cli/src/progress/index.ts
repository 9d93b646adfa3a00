export { count, duration, number, speed, table } from './format.js';
export { resultsTable } from './results-table.js';
export type { Progress } from './progress.js';
export { TextProgress } from './text-progress.js';
