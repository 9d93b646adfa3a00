export type { JsonObject, JsonValue } from './json.js';
export type { Source } from './source.js';
export type { Dataset, SampleBatch, SampleData } from './dataset.js';
export type { Metric, MetricResult, ModeCount } from './metric.js';
export type { Augmentation } from './augmentation.js';
export type { Architecture, NetworkKind, NetworkShape } from './architecture.js';
export type {
  AdamOptions,
  LearningRateSchedule,
  OptimizerOptions,
  RmsPropOptions,
  SgdOptions,
} from './optimizer.js';
export type {
  AutoencoderOutput,
  DiscriminatorOutput,
  Draw,
  GeneratorOutput,
  LatentDistribution,
  Method,
  Phase,
  PhaseContext,
  PhaseInput,
  PhaseLoss,
  Role,
  RoleId,
  SamplesWithLatents,
} from './method.js';
export { latentOptions, type LatentOptions } from './latent-options.js';
export { defaultRampUp, movingAverageOptions, type MovingAverageOptions } from './moving-average.js';
export type { PhaseBatch, Regulariser } from './regulariser.js';
export type { ItemReference, Preset, PublishedNumber, RecipePreset } from './preset.js';
export type {
  ComputingStage,
  Recipe,
  Stage,
  StageContext,
  StageTensor,
  StageTensors,
  TrainingStage,
} from './recipe.js';
