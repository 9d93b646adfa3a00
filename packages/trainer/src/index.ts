export { fit, type TrainingResult } from './fit.js';
export type { Training, TrainingEvent } from './following/training.js';
export {
  runNetworks,
  sampleGenerator,
  type RunNetworksOptions,
  type SampleGeneratorOptions,
} from './evaluation/sample-generator.js';
export type { SamplingOptions } from './evaluation/sampler.js';
export type { EvaluationOptions, FitOptions } from './fit-options.js';
export { classesOf, classInTurn, withClasses, type ClassChoice } from './networks/classes.js';
export { hasAverage, restoreNetwork, type RestoreNetworkOptions } from './networks/restore-network.js';
export type { RunState } from './step/run-state.js';
export type { RecipeKeeper, RunKeeper, RunPlan } from './keeping/run-keeper.js';
export type {
  Callbacks,
  EvaluationEvent,
  FailureEvent,
  GuardEvent,
  StartEvent,
  StepEvent,
  Timing,
} from './callbacks.js';
export * from './guards/index.js';
export { emptyHistory, type HistoryEntry, type Intervention, type RunHistory } from './history/history.js';
export type { RankingMetric } from './history/best.js';
export { measurementIds, type MeasurementId } from './measurements/measurement-id.js';
export type { CompilerOptions, EngineDescription, ExecutorId } from './executor/index.js';
export type { Networks } from './networks/build-networks.js';
export { updateRule } from './optimizers/update-rule.js';
export type { UpdateRule } from './optimizers/weight-update.js';
export {
  runRecipe,
  type RecipeCallbacks,
  type RecipeEvaluation,
  type RecipeStart,
  type RecipeOptions,
  type RecipeResult,
  type StageReport,
} from './recipe/run-recipe.js';
export { restoreStageNetwork } from './recipe/trained-networks.js';
export type { StageStore, StoredStage } from './recipe/stage-store.js';
