import { join } from 'node:path';
import {
  RandomStream,
  toJson,
  type JsonObject,
  type MetricResult,
  type RecipePreset,
  type SampleBatch,
} from '@dist-gan/core';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import {
  describeMachine,
  gitCommit,
  installedVersions,
  stageFolder,
  writeAtomically,
  type RunFolder,
  type RunRecord,
  type RunResult,
} from '@dist-gan/runs';
import { runRecipe, type ExecutorId, type RecipeResult } from '@dist-gan/trainer';
import { renderReport, RunReader } from '@dist-gan/viewer';
import * as tf from '@tensorflow/tfjs-core';
import { workUntilEnding } from '../ending/index.js';
import { samplePainter } from '../pictures/index.js';
import { count, duration, number, resultsTable } from '../progress/index.js';
import { createRecipeItems, type RecipeItems } from '../registry.js';
import type { Terminal } from '../terminal.js';
import { exitCodes } from './command.js';
import { chooseEngine, type EngineChoice } from './training-engine.js';
import type { ChosenReporters } from './reporters.js';
import { sayWhatHappens, shown } from './training-run.js';

/** The run of a recipe, from its start or from what its folder has of it. */
export interface RecipeJob {
  readonly preset: RecipePreset;
  readonly seed: number;
  readonly dataFolder?: string;
  readonly engine: EngineChoice;
  readonly reporters: ChosenReporters;
  /** Opens the run's folder, which belongs to this process until the lock is released. */
  open(): { readonly folder: RunFolder; readonly lock: { release(): void } };
  /** The record of a run that goes on. */
  readonly resumed?: RunRecord;
}

/** Seconds between two lines of progress. */
const tellEvery = 5;

/**
 * Runs the stages of a recipe, keeps each in `stages/`, and measures samples in the end: the work of `train` and `resume` for
 * recipes.
 *
 * @returns the exit code
 */
export async function trainRecipe(job: RecipeJob, terminal: Terminal): Promise<number> {
  const { preset, seed, dataFolder } = job;
  const { jsonLines, people, notice } = job.reporters;
  const items = await createRecipeItems(preset, {
    ...(dataFolder !== undefined && { dataFolder }),
    onNotice: notice,
    workingDirectory: terminal.workingDirectory,
  });
  let opened: ReturnType<RecipeJob['open']> | undefined;
  try {
    const engine = await chooseEngine(job.engine, preset.latentDimension, items, notice);
    const painter = await samplePainter(items.dataset, preset.id);
    const { folder } = (opened = job.open());
    const record = describeRecipeRun(job, items, engine.executor as ExecutorId, terminal);
    // That of a run that goes on is written when nothing about it can be refused any more.
    if (job.resumed === undefined) folder.writeRecord(record);
    const emit = (line: object) => {
      jsonLines?.write(`${toJson(line)}\n`);
    };
    const { stages } = items.recipe;
    const steps = stages.reduce((sum, stage) => sum + ('steps' in stage ? stage.steps : 0), 0);
    emit({
      event: 'start',
      folder: folder.path,
      preset: preset.id,
      seed,
      stages: stages.map(({ name }) => name),
    });
    notice(`${preset.title}: ${stages.length} stages, writing to ${shown(folder.path, terminal)}`);
    let told = 0;
    const tell = (line: () => string) => {
      if (jsonLines !== undefined || performance.now() - told < 1000 * tellEvery) return;
      told = performance.now();
      notice(line());
    };
    const values = (all: Readonly<Record<string, number>>) =>
      Object.entries(all)
        .map(([name, value]) => `${name} ${number(value)}`)
        .join('  ');
    const work = async (signal: AbortSignal): Promise<number> => {
      const run = await runRecipe({
        recipe: items.recipe,
        architecture: items.architecture,
        dataset: items.dataset,
        latentDimension: preset.latentDimension,
        batchSize: preset.batchSize,
        seed,
        ...engine,
        signal,
        store: stageFolder(join(folder.path, 'stages')),
        callbacks: {
          onBegin(stage) {
            folder.writeRecord(record);
            emit({ event: 'begin', stage });
          },
          onStep(stage, { step, losses, seconds }) {
            emit({ event: 'step', stage, step, losses, seconds });
            tell(() => `${stage}: step ${count(step)}  ${values(losses)}`);
          },
          onReport(stage, told) {
            emit({ event: 'report', stage, ...told });
            tell(() => `${stage}: ${values(told)}`);
          },
          onStage({ name, outcome, seconds }) {
            emit({ event: 'stage', stage: name, outcome, seconds });
            notice(`${name}: ${outcome}, ${duration(seconds)}`);
          },
        },
      });
      if (run.outcome === 'aborted') {
        notice(`what is done is kept; go on with dist-gan resume ${shown(folder.path, terminal)}`);
        return exitCodes.success;
      }
      const samples = await run.sample(
        preset.evaluation.samples,
        RandomStream.fromSeed(seed).derive('evaluation'),
      );
      const results = await measure(items, samples);
      const png = painter?.({ step: steps, samples, results });
      if (png !== undefined) folder.writePicture('samples', steps, png);
      await writeSamples(join(folder.path, 'samples.npz'), samples);
      const result = resultOf(job, run, steps, record.executor, results);
      folder.writeResult(result);
      // The page and the log show the end, once, however often the run was gone on with.
      folder.rewindLog(0);
      folder.log({
        event: 'evaluation',
        step: steps,
        metrics: results,
        seconds: result.seconds,
        memoryBytes: process.memoryUsage.rss(),
      });
      folder.writeReport(renderReport(new RunReader(folder.path, () => preset), 'completed'));
      emit({ event: 'result', folder: folder.path, outcome: run.outcome, ...result });
      const table = resultsTable(results, preset.published, terminal.stdout.columns ?? 100);
      people?.write(`\n${table}\nreport    ${join(shown(folder.path, terminal), 'report.html')}\n`);
      return exitCodes.success;
    };
    return await workUntilEnding(terminal, work, {
      onEnding: (ending) => sayWhatHappens(ending, terminal, { notice }),
    });
  } finally {
    opened?.lock.release();
    await items.dispose();
  }
}

async function measure({ metrics }: RecipeItems, samples: SampleBatch): Promise<MetricResult[]> {
  const results: MetricResult[] = [];
  for (const metric of metrics()) {
    await metric.update(samples);
    results.push(...(await metric.results()));
  }
  return results;
}

/** For `evaluate`, which cannot make samples of a recipe's run itself. */
async function writeSamples(file: string, { data, count, sampleShape }: SampleBatch): Promise<void> {
  const npy = writeNpy({ shape: [count, ...sampleShape], data });
  writeAtomically(file, await writeZip(new Map([['samples.npy', npy]])));
}

function resultOf(
  { preset, seed }: RecipeJob,
  { stages }: RecipeResult,
  steps: number,
  executor: string,
  results: readonly MetricResult[],
): RunResult {
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return {
    preset: preset.id,
    seed,
    steps,
    seconds,
    stepsPerSecond: steps / seconds,
    executor,
    metrics: results.map(({ id, value, protocol }) => ({ id, value, protocol })),
  };
}

function describeRecipeRun(
  { preset, seed, dataFolder, engine, resumed }: RecipeJob,
  { recipe, architecture, dataset }: RecipeItems,
  executor: ExecutorId,
  terminal: Terminal,
): RunRecord {
  const { samples, metrics } = preset.evaluation;
  const options: JsonObject = {
    recipe: { id: recipe.id, ...recipe.options },
    architecture: { id: architecture.id, ...architecture.options },
    dataset: { id: dataset.id, ...dataset.options },
    latentDimension: preset.latentDimension,
    batchSize: preset.batchSize,
    evaluation: { samples, metrics: metrics.map(({ id, options }) => ({ id, ...options })) },
  };
  return {
    preset: preset.id,
    seed,
    options,
    samples: { shape: dataset.sampleShape, range: dataset.range },
    executor,
    ...(engine.target !== undefined && { target: engine.target }),
    ...(engine.device !== undefined && { device: engine.device }),
    ...(engine.threads !== undefined && { threads: engine.threads }),
    backend: tf.getBackend(),
    versions: installedVersions(),
    machine: describeMachine(),
    gitCommit: gitCommit(terminal.workingDirectory),
    ...(dataFolder !== undefined && { dataFolder }),
    startedAt: resumed?.startedAt ?? new Date().toISOString(),
  };
}
