export { packBytes, packNumbers, readNumbers, unpackBytes, unpackNumbers } from './packed.js';
export { referenceLines, type ReferenceLine } from './reference-lines.js';
export type * from './run-view.js';
export type * from './sweep-view.js';
export { describeRun, summariseRun, type DescribedRun, type PresetWords } from './describe-run.js';
