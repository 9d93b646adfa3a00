export { describeMachine, gitCommit, installedVersions } from './environment.js';
export type { EvaluationLine, FailureLine, RunEvent, RunRecord, RunResult, StepLine } from './records.js';
export { checkRunPlace, generatorFolder, RunFolder, type RunPlace } from './run-folder.js';
