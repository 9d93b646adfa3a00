export type { Ending } from './ending.js';
export { closedOutput, errorEnding, signalEnding } from './ending.js';
export { ProcessEndings } from './process-endings.js';
export { workUntilEnding } from './work-until-ending.js';
