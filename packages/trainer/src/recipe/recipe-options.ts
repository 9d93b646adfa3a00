import type { Recipe } from '@dist-gan/core';
import type { EvaluationOptions, FitOptions } from '../fit-options.js';
import type { RecipeKeeper } from '../keeping/run-keeper.js';
import type { RecipeCallbacks } from './recipe-callbacks.js';
import type { StageStore } from './stage-store.js';

export interface RecipeOptions extends Pick<
  FitOptions,
  'architecture' | 'dataset' | 'batchSize' | 'seed' | 'executor' | 'compiler' | 'signal'
> {
  readonly recipe: Recipe;
  readonly latentDimension: number;
  /** Where finished stages are kept, and found by a later call with the same options. Default: nowhere. */
  readonly store?: StageStore;
  /** Measures samples when all stages are done: `samples` of them. Default: nothing. */
  readonly evaluation?: Pick<EvaluationOptions, 'samples' | 'metrics'>;
  readonly callbacks?: RecipeCallbacks;
  /** Keeps the run: `openRecipeRun('my-run')` of `@dist-gan/runs` writes it down, and goes on with it. In place of `store`. */
  readonly run?: RecipeKeeper;
}
