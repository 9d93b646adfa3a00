import type { JsonObject, Recipe, RecipePreset, TrainingStage } from '@dist-gan/core';
import type { RecipeRun, RecipeRunOptions } from '@dist-gan/runs';
import { runRecipe, type RecipeResult } from '@dist-gan/trainer';
import { workUntilEnding } from '../ending/index.js';
import { canDraw, samplePainter, samplePlane } from '../pictures/index.js';
import { duration, number, resultsTable } from '../progress/index.js';
import { createRecipeItems, type RecipeItems } from '../registry.js';
import type { Terminal } from '../terminal.js';
import { exitCodes } from './command.js';
import { chooseEngine, type ChosenEngine, type EngineChoice } from './training-engine.js';
import type { ChosenReporters } from './reporters.js';
import { sayWhatHappens, shown, writeFailure, writeRunReport } from './training-run.js';

/** The run of a recipe, from its start or from what its folder has of it. */
export interface RecipeJob {
  readonly preset: RecipePreset;
  readonly seed: number;
  readonly dataFolder?: string;
  readonly engine: EngineChoice;
  readonly reporters: ChosenReporters;
  /** With `engine` among them, another engine may go on. */
  readonly changed?: RecipeRunOptions['changed'];
  /** What keeps the run. */
  keep(options: RecipeRunOptions): RecipeRun;
}

/** Seconds between two lines of what a stage that computes tells. */
const tellEvery = 5;

/**
 * Runs the stages of a recipe, keeps each, and measures samples in the end: the work of `train` and `resume` for
 * recipes.
 *
 * @returns the exit code
 */
export async function trainRecipe(job: RecipeJob, terminal: Terminal): Promise<number> {
  const { preset, seed, dataFolder } = job;
  const { reporters, people, notice } = job.reporters;
  const items = await createRecipeItems(preset, {
    ...(dataFolder !== undefined && { dataFolder }),
    onNotice: notice,
    workingDirectory: terminal.workingDirectory,
  });
  let run: RecipeRun | undefined;
  let engine: ChosenEngine | undefined;
  const work = async (
    kept: RecipeRun,
    engine: ChosenEngine['options'],
    signal: AbortSignal,
  ): Promise<number> => {
    const plane = await samplePlane(items.dataset);
    const { stages } = items.recipe;
    let told = performance.now();
    const result = await runRecipe({
      recipe: items.recipe,
      dataset: items.dataset,
      latentDimension: preset.latentDimension,
      batchSize: preset.batchSize,
      seed,
      evaluation: { samples: preset.evaluation.samples, metrics: items.metrics },
      ...engine,
      run: kept,
      signal,
      callbacks: {
        async onStart() {
          if (plane !== undefined) kept.files.writePlane(plane.plane);
          await kept.notice(
            `${preset.title}: ${stages.length} stages, writing to ${shown(kept.path, terminal)}`,
          );
        },
        onReport(stage, values) {
          if (performance.now() - told < 1000 * tellEvery) return;
          told = performance.now();
          const numbers = Object.entries(values).map(([name, value]) => `${name} ${number(value)}`);
          void kept.notice(`${stage}: ${numbers.join('  ')}`);
        },
        async onStage({ name, outcome, seconds }) {
          writeRunReport(kept.files, preset, outcome === 'aborted' ? 'stopped' : 'running');
          await kept.notice(`${name}: ${outcome}, ${duration(seconds)}`);
        },
        onEvaluation({ samples }) {
          const steps = stages.reduce((sum, stage) => sum + ('steps' in stage ? stage.steps : 0), 0);
          if (plane !== undefined) kept.files.writePoints(steps, plane.place(samples));
        },
        onEnd({ outcome }) {
          if (outcome === 'completed') writeRunReport(kept.files, preset, 'completed');
        },
      },
    });
    people?.write(summary(preset, result, shown(kept.path, terminal), terminal));
    return exitCodes.success;
  };
  try {
    const painter = (await canDraw(notice)) ? await samplePainter(items.dataset, preset.id) : undefined;
    const { method } = firstTraining(items.recipe);
    const untrained = { ...items, method, latentDimension: preset.latentDimension, seed };
    engine = await chooseEngine(job.engine, untrained, notice);
    const { options } = engine;
    const { target, device, threads } = job.engine;
    const kept = job.keep({
      name: preset.id,
      recipe: items.recipe,
      options: recipeOptions(preset, items),
      engine: {
        executor: options.executor!,
        ...(target !== undefined && { target }),
        ...(device !== undefined && { device }),
      },
      ...(job.changed !== undefined && { changed: job.changed }),
      reporters,
      threads,
      dataFolder,
      workingDirectory: terminal.workingDirectory,
      picture: (evaluation) => painter?.(evaluation),
    });
    run = kept;
    return await workUntilEnding(terminal, (signal) => work(kept, options, signal), {
      onEnding: (ending) => sayWhatHappens(ending, terminal, kept),
      lastWords: ({ cause, error }) =>
        void writeFailure(kept, preset, error ?? new Error(`ended at once by ${cause}`)),
    });
  } catch (error) {
    if (run !== undefined) await writeFailure(run, preset, error);
    throw error;
  } finally {
    await run?.close();
    engine?.dispose();
    await items.dispose();
  }
}

/** The stage whose networks are built first. A recipe trains some network. */
function firstTraining({ stages }: Recipe): TrainingStage {
  return stages.find((stage) => 'method' in stage)!;
}

function summary(
  { published }: RecipePreset,
  { outcome, results }: RecipeResult,
  folder: string,
  terminal: Terminal,
): string {
  if (outcome === 'aborted') return `what is done is kept; go on with dist-gan resume ${folder}\n`;
  return `\n${resultsTable(results, published, terminal.stdout.columns ?? 100)}\nreport    ${folder}/report.html\n`;
}

/** The whole set-up with every default filled in, as a user's changes are written. */
export function recipeOptions(
  preset: RecipePreset,
  { recipe, architecture, dataset }: RecipeItems,
): JsonObject {
  const { samples, metrics } = preset.evaluation;
  return {
    recipe: { id: recipe.id, ...recipe.options },
    architecture: { id: architecture.id, ...architecture.options },
    dataset: { id: dataset.id, ...dataset.options },
    latentDimension: preset.latentDimension,
    batchSize: preset.batchSize,
    evaluation: { samples, metrics: metrics.map(({ id, options }) => ({ id, ...options })) },
  };
}
