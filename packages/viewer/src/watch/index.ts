export { watchRuns, type RunWatch, type WatchOptions } from './watch-runs.js';
