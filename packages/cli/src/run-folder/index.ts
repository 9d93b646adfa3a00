export { describeMachine, gitCommit, installedVersions } from './environment.js';
export type { EvaluationLine, FailureLine, RunEvent, RunRecord, RunResult, StepLine } from './records.js';
export { parseRunEvent } from './read-records.js';
export { isRunPath, openRunPath, type RunPath } from './run-path.js';
export { checkRunPlace, generatorFolder, RunFolder, type RunPlace } from './run-folder.js';
