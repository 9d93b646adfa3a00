export { fit } from './fit.js';
export type { TrainingResult } from './training-result.js';
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
export {
  executorIds,
  type CompilerOptions,
  type EngineDescription,
  type ExecutorId,
} from './executor/index.js';
export { buildAhead, type BuildAheadOptions, type BuiltAhead } from './networks/build-ahead.js';
export type { Networks } from './networks/build-networks.js';
export { updateRule } from './optimizers/update-rule.js';
export type { UpdateRule } from './optimizers/weight-update.js';
export { runRecipe } from './recipe/run-recipe.js';
export type { RecipeOptions } from './recipe/recipe-options.js';
export type { RecipeCallbacks, RecipeEvaluation, RecipeStart } from './recipe/recipe-callbacks.js';
export type { RecipeResult, StageReport } from './recipe/recipe-result.js';
export { restoreStageNetwork } from './recipe/trained-networks.js';
export type { StageStore, StoredStage } from './recipe/stage-store.js';
