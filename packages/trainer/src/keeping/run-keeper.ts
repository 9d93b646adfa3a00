import type { JsonObject } from '@dist-gan/core';
import type { Callbacks } from '../callbacks.js';
import type { EngineDescription } from '../executor/index.js';
import type { RecipeCallbacks } from '../recipe/recipe-callbacks.js';
import type { StageStore } from '../recipe/stage-store.js';
import type { RunState } from '../step/run-state.js';

/** What keeps a run beyond its process, as `openRun` of `@dist-gan/runs` returns it. */
export interface RunKeeper {
  /**
   * Called first, when the options are known to be right and nothing is built yet.
   *
   * @returns what the run goes on from; undefined where it begins
   */
  begin(plan: RunPlan): RunState | undefined | Promise<RunState | undefined>;
  /**
   * After `begin`, of a run that goes on: what ran its steps before. It runs the next ones, too, where the options name neither
   * target nor device.
   */
  readonly engine?: Pick<EngineDescription, 'target' | 'device'> | undefined;
  /** The state of an earlier evaluation, for a guard to go back to; undefined where it is not kept. */
  findState?(step: number): RunState | undefined | Promise<RunState | undefined>;
  /** Hear of everything before the callbacks of a user, and of the end after them: a run that has its result lacks nothing. */
  readonly callbacks: Callbacks;
  /** Called last, however the run ended, also where `begin` failed. */
  close(): void | Promise<void>;
}

/** The same for a run of a recipe. */
export interface RecipeKeeper {
  begin(plan: RunPlan): void | Promise<void>;
  /** As of {@link RunKeeper}. */
  readonly engine?: Pick<EngineDescription, 'target' | 'device'> | undefined;
  /** Where the stages are kept. */
  readonly store: StageStore;
  readonly callbacks: RecipeCallbacks;
  close(): void | Promise<void>;
}

/** A run before it begins. */
export interface RunPlan {
  readonly seed: number;
  /** Training steps of the whole run. */
  readonly steps: number;
  /** Every option that the numbers of the run depend on, defaults filled in. */
  readonly options: JsonObject;
  /** What a sample is: the shape of one, and the range of its values. */
  readonly samples: { readonly shape: readonly number[]; readonly range: readonly [number, number] };
}
