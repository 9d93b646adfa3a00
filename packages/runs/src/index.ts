export {
  decodeCheckpoint,
  encodeCheckpoint,
  type Checkpoint,
  type CheckpointRecord,
} from './checkpoints/checkpoint-file.js';
export { CheckpointStore } from './checkpoints/checkpoint-store.js';
export type {
  EvaluationLine,
  FailureLine,
  GuardLine,
  RunEvent,
  StageLine,
  StepLine,
} from './events/run-event.js';
export { generatorFolder } from './folder/layout.js';
export {
  readEvents,
  readRecord,
  readRun,
  type CheckpointListing,
  type RunContent,
  type RunStanding,
} from './folder/read-run.js';
export { RunFolder } from './folder/run-folder.js';
export {
  isRunPath,
  openRunPath,
  type RecipeSettings,
  type RunPath,
  type RunSettings,
} from './folder/run-path.js';
export { checkRunPlace, resumeCommand, takenPaths, type RunPlace } from './folder/run-place.js';
export {
  defaultCheckpointMinutes,
  defaultCheckpointsKept,
  newRun,
  openRun,
  type FoundRun,
  type Run,
  type RunOptions,
} from './keeping/run.js';
export type { KeepingOptions } from './keeping/kept-run.js';
export { newRecipeRun, openRecipeRun, type RecipeRun, type RecipeRunOptions } from './keeping/recipe-run.js';
export { freeRun, lockRun, runHolder, type RunHolder, type RunLock } from './lock/run-lock.js';
export { describeMachine, gitCommit, installedVersions } from './record/environment.js';
export { machineWords, stepsOf, type Resumption, type RunRecord } from './record/run-record.js';
export type { RunResult } from './record/run-result.js';
export {
  exportNetwork,
  networkForms,
  weightLayouts,
  type ExportNetworkOptions,
  type NetworkForm,
} from './networks/export-network.js';
export { loadNetwork, saveNetwork, type SaveNetworkOptions } from './networks/saved-network.js';
export { differingOptions, type Difference } from './record/differing-options.js';
export { JsonLinesReporter } from './reporters/json-lines.js';
export { ProgressReporter } from './reporters/progress.js';
export type { EvaluationReport, Reporter, RunEnd, RunStart } from './reporters/reporter.js';
export { TensorBoardReporter, type TensorBoardOptions } from './reporters/tensorboard/tensorboard.js';
export { stageFolder } from './stages/stage-folder.js';
