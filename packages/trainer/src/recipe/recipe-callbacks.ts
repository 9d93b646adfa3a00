import type { MetricResult, SampleBatch, StageTensors } from '@dist-gan/core';
import type { StepEvent } from '../callbacks.js';
import type { EngineDescription } from '../executor/index.js';
import type { RecipeResult, StageReport } from './recipe-result.js';

/** What a run of a recipe tells while it goes on. */
export interface RecipeCallbacks {
  /** Once, when every stage in the store is known to be one of these options. */
  readonly onStart?: (event: RecipeStart) => void | Promise<void>;
  /** When networks are compiled: what runs them. In eager runs never. */
  readonly onEngine?: (engine: EngineDescription) => void | Promise<void>;
  /** Before a stage is worked on. */
  readonly onBegin?: (stage: string) => void | Promise<void>;
  /** After every step of a stage that trains. */
  readonly onStep?: (stage: string, event: StepEvent) => void | Promise<void>;
  /** Whatever a stage that computes tells of itself. */
  readonly onReport?: (stage: string, values: Readonly<Record<string, number>>) => void;
  readonly onStage?: (report: StageReport) => void | Promise<void>;
  /** Of samples of the finished recipe. */
  readonly onEvaluation?: (event: RecipeEvaluation) => void | Promise<void>;
  /** Before an error ends the run. */
  readonly onFailure?: (error: unknown) => void | Promise<void>;
  /** Once, with what `runRecipe` is about to return. */
  readonly onEnd?: (result: RecipeResult) => void | Promise<void>;
}

export const recipeCallbackNames = [
  'onStart',
  'onEngine',
  'onBegin',
  'onStep',
  'onReport',
  'onStage',
  'onEvaluation',
  'onFailure',
  'onEnd',
] as const satisfies (keyof RecipeCallbacks)[];

export interface RecipeStart {
  /** Training steps of all stages. */
  readonly steps: number;
  /** Those of them that earlier calls have done. */
  readonly step: number;
  /** Wall-clock seconds of earlier calls. */
  readonly seconds: number;
}

export interface RecipeEvaluation {
  readonly samples: SampleBatch;
  readonly results: readonly MetricResult[];
  /** What the stages left. */
  readonly tensors: StageTensors;
}
