export { RunReader } from './reading/index.js';
export { renderReport } from './report/index.js';
export { packNumbers, referenceLines, type PresetWords, type ReferenceLine } from './view/index.js';
export type * from './view/run-view.js';
export type * from './view/sweep-view.js';
export { watchRuns, type RunWatch, type WatchOptions } from './watch/index.js';
