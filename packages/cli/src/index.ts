export { runSamples } from './evaluation/run-samples.js';
export { main } from './main.js';
export type { Ending } from './ending/index.js';
export { processTerminal } from './terminal.js';
export type { Terminal, TextOutput } from './terminal.js';
export type {
  EvaluationLine,
  FailureLine,
  RunEvent,
  RunRecord,
  RunResult,
  StepLine,
} from './run-folder/index.js';
