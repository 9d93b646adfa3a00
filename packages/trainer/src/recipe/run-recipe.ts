import {
  OptionError,
  RandomStream,
  type JsonObject,
  type MetricResult,
  type Stage,
  type StageContext,
  type StageTensors,
} from '@dist-gan/core';
import { resultsOf } from '../evaluation/evaluate.js';
import { keptCallbacks } from '../keeping/all-callbacks.js';
import { compilerFor } from '../keeping/compiler-for.js';
import type { RunPlan } from '../keeping/run-keeper.js';
import { assertBuilds } from '../networks/build-networks.js';
import { applyRole } from './apply-role.js';
import { computeStage } from './compute-stage.js';
import { recipeCallbackNames, type RecipeCallbacks, type RecipeStart } from './recipe-callbacks.js';
import type { RecipeOptions } from './recipe-options.js';
import type { RecipeResult, StageReport } from './recipe-result.js';
import { assertSameStage, type StoredStage } from './stage-store.js';
import { trainStage } from './train-stage.js';
import { fromPartial } from './training-partial.js';

/** Training steps of all stages. */
const stepsOf = (stages: readonly Stage[]) =>
  stages.reduce((sum, stage) => sum + ('steps' in stage ? stage.steps : 0), 0);

/**
 * Runs the stages of a recipe one after the other.
 *
 * Finished stages are not run again: with the same store a later call goes on with the first one that is missing, from what
 * was saved of it. What follows is, to the bit, what would have followed without the interruption.
 *
 * Before anything is written or run: what no stage before a later one could repair is refused, such as an architecture without a
 * network of that stage.
 *
 * @throws OptionError when a stage in the store was made with other options
 * @throws whatever `fit` throws, and what stages throw
 */
export async function runRecipe(options: RecipeOptions): Promise<RecipeResult> {
  const { run, callbacks } = options;
  assertRuns(options);
  if (run === undefined) return runStages(options);
  try {
    await run.begin(planOf(options));
    const all = keptCallbacks<RecipeCallbacks>(recipeCallbackNames, run.callbacks, callbacks);
    const compiler = compilerFor(options.compiler, run);
    return await runStages({ ...options, compiler, store: run.store, callbacks: all });
  } finally {
    await run.close();
  }
}

function planOf({
  recipe,
  architecture,
  dataset,
  latentDimension,
  batchSize,
  seed,
  evaluation,
}: RecipeOptions): RunPlan {
  return {
    seed,
    steps: stepsOf(recipe.stages),
    options: {
      recipe: { id: recipe.id, ...recipe.options },
      architecture: { id: architecture.id, ...architecture.options },
      dataset: { id: dataset.id, ...dataset.options },
      latentDimension,
      batchSize,
      evaluation: evaluation === undefined ? null : { samples: evaluation.samples },
    },
    samples: { shape: dataset.sampleShape, range: dataset.range },
  };
}

async function runStages(options: RecipeOptions): Promise<RecipeResult> {
  try {
    return await runEachStage(options);
  } catch (error) {
    await options.callbacks?.onFailure?.(error);
    throw error;
  }
}

async function runEachStage(given: RecipeOptions): Promise<RecipeResult> {
  const options = oneEngine(given);
  const { recipe, signal, store, callbacks, evaluation, seed } = options;
  const reports: StageReport[] = [];
  let tensors: StageTensors = {};
  const tell = async (report: StageReport) => {
    reports.push(report);
    await callbacks?.onStage?.(report);
  };
  const finish = async (outcome: RecipeResult['outcome']): Promise<RecipeResult> => {
    const generate = async (latents: Float32Array) => {
      if (outcome === 'completed') return applyRole(options, tensors, 'generator', latents);
      throw new OptionError(
        'generate: the recipe was aborted before the end of its last stage; run it to its end',
        'recipe',
        recipe.id,
      );
    };
    const sample = async (count: number, random: RandomStream) =>
      generate(outcome === 'aborted' ? new Float32Array() : await recipe.latents(tensors, count, random));
    let results: MetricResult[] = [];
    if (outcome === 'completed' && evaluation !== undefined) {
      const samples = await sample(evaluation.samples, RandomStream.fromSeed(seed).derive('evaluation'));
      results = await resultsOf(evaluation.metrics(), samples);
      await callbacks?.onEvaluation?.({ samples, results, tensors });
    }
    const result = { outcome, stages: reports, results, tensors, generate, sample };
    await callbacks?.onEnd?.(result);
    return result;
  };

  // Before anything is run: what is refused has changed nothing.
  const found = new Map<string, StoredStage>();
  for (const stage of recipe.stages) {
    const stored = await store?.read(stage.name);
    if (stored === undefined) continue;
    assertSameStage(stage.name, stored.options, describeStage(stage, options));
    found.set(stage.name, stored);
  }

  await callbacks?.onStart?.({ steps: stepsOf(recipe.stages), ...doneBefore(recipe.stages, found) });
  for (const stage of recipe.stages) {
    const description = describeStage(stage, options);
    const stored = found.get(stage.name);
    if (stored?.complete) {
      tensors = { ...tensors, ...stored.tensors };
      await tell({ name: stage.name, outcome: 'found', seconds: stored.seconds });
      continue;
    }
    if (signal?.aborted) return finish('aborted');
    await callbacks?.onBegin?.(stage.name);
    const started = performance.now();
    const seconds = () => (stored?.seconds ?? 0) + (performance.now() - started) / 1000;
    const write = (made: StageTensors, complete: boolean) =>
      store?.write(stage.name, { options: description, complete, tensors: made, seconds: seconds() });
    const save: StageContext['save'] = async (partial) => write(partial, false);
    const made =
      'method' in stage
        ? await trainStage(stage, options, tensors, stored, save)
        : await computeStage(stage, options, tensors, stored, save);
    if (made === undefined) {
      await tell({ name: stage.name, outcome: 'aborted', seconds: seconds() });
      return finish('aborted');
    }
    await write(made, true);
    tensors = { ...tensors, ...made };
    await tell({ name: stage.name, outcome: 'completed', seconds: seconds() });
  }
  return finish('completed');
}

/** A recipe whose later networks run where the first was compiled, whatever engine suits each alone: it is the engine of the record. */
function oneEngine(options: RecipeOptions): RecipeOptions {
  let settled = options.compiler;
  const onEngine: RecipeCallbacks['onEngine'] = async (engine) => {
    const { target, device } = engine;
    settled = { ...settled, target, device };
    await options.callbacks?.onEngine?.(engine);
  };
  return {
    ...options,
    callbacks: { ...options.callbacks, onEngine },
    get compiler() {
      return settled;
    },
  };
}

/** What a store has of the work. */
function doneBefore(
  stages: readonly Stage[],
  found: ReadonlyMap<string, StoredStage>,
): Pick<RecipeStart, 'step' | 'seconds'> {
  let [step, seconds] = [0, 0];
  for (const stage of stages) {
    const stored = found.get(stage.name);
    if (stored === undefined) break;
    seconds += stored.seconds;
    if ('steps' in stage) step += stored.complete ? stage.steps : fromPartial(stored).step;
    if (!stored.complete) break;
  }
  return { step, seconds };
}

/** Everything that the result of a stage depends on: what the stages before it are made by, too. */
function describeStage(
  stage: Stage,
  { recipe, architecture, dataset, batchSize, seed, latentDimension }: RecipeOptions,
): JsonObject {
  const before = recipe.stages.slice(0, recipe.stages.indexOf(stage));
  return {
    after: Object.fromEntries(before.map((earlier) => [earlier.name, describeWork(earlier)])),
    ...describeWork(stage),
    architecture: { id: architecture.id, ...architecture.options },
    dataset: { id: dataset.id, ...dataset.options },
    latentDimension,
    batchSize,
    seed,
  };
}

const describeWork = (stage: Stage): JsonObject =>
  'method' in stage
    ? { method: { id: stage.method.id, ...stage.method.options }, steps: stage.steps }
    : { options: stage.options };

function assertRuns({ recipe, architecture, dataset, latentDimension }: RecipeOptions): void {
  assertDistinctNames(recipe.stages);
  for (const stage of recipe.stages) {
    if ('method' in stage) assertBuilds(architecture, stage.method);
    else stage.check?.({ dataSize: dataset.size, latentDimension });
  }
}

function assertDistinctNames(stages: readonly Stage[]): void {
  const names = stages.map(({ name }) => name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined || names.length === 0) {
    const what =
      repeated === undefined ? 'there is no stage' : `two stages are called ${repeated}; rename one`;
    throw new OptionError(`recipe.stages: ${what}`, 'recipe.stages', names);
  }
}
