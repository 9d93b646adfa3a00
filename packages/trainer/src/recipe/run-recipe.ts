import { compile, type Compiled } from '@dist-gan/compiler';
import {
  OptionError,
  RandomStream,
  type JsonObject,
  type MetricResult,
  type NetworkKind,
  type Recipe,
  type RoleId,
  type SampleBatch,
  type Stage,
  type StageContext,
  type StageTensors,
  type TrainingStage,
} from '@dist-gan/core';
import type { StepEvent } from '../callbacks.js';
import { createSampler } from '../evaluation/sampler.js';
import { resultsOf } from '../evaluation/evaluate.js';
import type { EvaluationOptions, FitOptions } from '../fit-options.js';
import { fit } from '../fit.js';
import { keptCallbacks } from '../keeping/all-callbacks.js';
import { compilerFor } from '../keeping/compiler-for.js';
import type { RecipeKeeper, RunPlan } from '../keeping/run-keeper.js';
import { assertBuilds } from '../networks/build-networks.js';
import { applyEagerly, applyInOrder, rowShape } from '../networks/apply-eagerly.js';
import { recipeCallbackNames, type RecipeCallbacks, type RecipeStart } from './recipe-callbacks.js';
import type { RecipeResult, StageReport } from './recipe-result.js';
import { assertSameStage, type StageStore, type StoredStage } from './stage-store.js';
import { startingFrom, weightsOf } from './trained-networks.js';
import { fromPartial, toPartial } from './training-partial.js';

/** How often an unfinished training is kept, in seconds. */
const secondsBetweenSaves = 60;

/** Training steps of all stages. */
const stepsOf = (stages: readonly Stage[]) =>
  stages.reduce((sum, stage) => sum + ('steps' in stage ? stage.steps : 0), 0);

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
      if (outcome === 'completed') return applyTo(options, tensors, 'generator', latents);
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

/** The weights of the stage's roles, or nothing when it was aborted. */
async function trainStage(
  { name, method, steps }: TrainingStage,
  options: RecipeOptions,
  tensors: StageTensors,
  stored: StoredStage | undefined,
  save: StageContext['save'],
): Promise<StageTensors | undefined> {
  const { architecture, dataset, batchSize, seed, executor, compiler, signal, latentDimension, callbacks } =
    options;
  let savedAt = performance.now();
  const onStep = async (event: StepEvent) => {
    await callbacks?.onStep?.(name, event);
    if (performance.now() - savedAt < 1000 * secondsBetweenSaves) return;
    await save(toPartial(await event.state()));
    savedAt = performance.now();
  };
  const trained = await fit({
    method,
    architecture: startingFrom(architecture, tensors),
    dataset,
    latents: { dimension: latentDimension, distribution: 'normal' },
    batchSize,
    steps,
    seed,
    ...(executor !== undefined && { executor }),
    ...(compiler !== undefined && { compiler }),
    ...(signal !== undefined && { signal }),
    callbacks: {
      async onStart({ engine }) {
        if (engine !== undefined) await callbacks?.onEngine?.(engine);
      },
      onStep,
    },
    stageTensors: tensors,
    ...(stored !== undefined && { resume: fromPartial(stored) }),
  });
  try {
    if (trained.outcome === 'completed') return await weightsOf(trained.networks);
    await save(toPartial(await trained.state()));
    return undefined;
  } finally {
    await trained.dispose();
  }
}

async function computeStage(
  stage: Exclude<Stage, TrainingStage>,
  options: RecipeOptions,
  tensors: StageTensors,
  stored: StoredStage | undefined,
  save: StageContext['save'],
): Promise<StageTensors | undefined> {
  const { dataset, latentDimension, signal, callbacks, seed } = options;
  const [low, high] = dataset.range;
  try {
    return await stage.compute({
      tensors,
      latentDimension,
      dataSize: dataset.size,
      async samples(indices) {
        const data = await dataset.batch(indices);
        return data instanceof Float32Array
          ? data
          : Float32Array.from(data, (byte) => low + ((high - low) * byte) / 255);
      },
      apply: async (role, rows) => (await applyTo(options, tensors, role, rows)).data,
      random: RandomStream.fromSeed(seed).derive('stages').derive(stage.name),
      ...(stored !== undefined && { partial: stored.tensors }),
      save,
      report: (values) => callbacks?.onReport?.(stage.name, values),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}

/** Rows through the network of a role, with the weights that the stages left. */
async function applyTo(
  { architecture, dataset, latentDimension, batchSize, executor, compiler, seed, callbacks }: RecipeOptions,
  tensors: StageTensors,
  role: RoleId,
  rows: Float32Array,
): Promise<SampleBatch> {
  const kind = role as NetworkKind;
  const shape = { sampleShape: dataset.sampleShape, latentDimension };
  const network = startingFrom(architecture, tensors).build(kind, shape, RandomStream.fromSeed(seed));
  let program: Compiled | undefined;
  try {
    if (executor !== 'eager') {
      program = await compile(({ batch }) => ({ output: applyInOrder([network], batch) }), {
        ...compiler,
        inputs: { batch: { shape: [batchSize, ...rowShape([network])] } },
      });
      const { target, device, engine } = program.report;
      await callbacks?.onEngine?.({ target, device, engine });
    }
    const sample = createSampler({
      what: `${role}: rows`,
      apply: async (batch) =>
        program === undefined
          ? applyEagerly([network], batch)
          : ((await program.run({ batch })).output.data as Float32Array),
      rowLength: rowShape([network]).reduce((product, size) => product * size, 1),
      batchSize,
      sampleShape: network.outputs[0].shape.slice(1) as number[],
    });
    return await sample(rows);
  } finally {
    program?.dispose();
    network.dispose();
  }
}

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
