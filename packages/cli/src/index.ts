export { main } from './main.js';
export type { Terminal, TextOutput } from './terminal.js';
export type {
  EvaluationLine,
  FailureLine,
  RunEvent,
  RunRecord,
  RunResult,
  StepLine,
} from './run-folder/index.js';
