import { defaultRampUp, type JsonObject, type Preset } from '@dist-gan/core';
import { readRun, type RecipeRun, type Run, type RunFolder, type RunOptions } from '@dist-gan/runs';
import { classesOf, fit, type MeasurementId, type TrainingResult } from '@dist-gan/trainer';
import { renderReport, RunReader, type PresetWords, type RunState } from '@dist-gan/viewer';
import * as tf from '@tensorflow/tfjs-core';
import { join, relative } from 'node:path';
import { drawLatentLabels } from '../classifier/latent-labels.js';
import { workUntilEnding, type Ending } from '../ending/index.js';
import {
  canDraw,
  drawDiscriminatorFields,
  drawInterpolation,
  reconstructionPainter,
  samplePainter,
  samplePlane,
} from '../pictures/index.js';
import { offPlainJavaScript } from '../engine/index.js';
import { measureField } from '../evaluation/discriminator-field.js';
import { count, duration, resultsTable, speed } from '../progress/index.js';
import { createItems, type Items } from '../registry.js';
import type { Terminal } from '../terminal.js';
import { exitCodes } from './command.js';
import type { ChosenReporters } from './reporters.js';
import { chooseEngine, type ChosenEngine, type EngineChoice } from './training-engine.js';

/** A run that shall be trained, from its start or from a checkpoint on. */
export interface TrainingJob {
  readonly preset: Preset;
  readonly seed: number;
  /** Where data files are, if not where DIST_GAN_DATA says. */
  readonly dataFolder?: string;
  readonly engine: EngineChoice;
  readonly checkpoints: RunOptions['checkpoints'];
  readonly reporters: ChosenReporters;
  /** Options that may differ from those of the checkpoint, as a user named them: `method.learningRate`. */
  readonly changed?: readonly string[];
  /** What keeps the run. */
  keep(options: RunOptions): Run;
}

/** Trains and writes it down: the work of `train` and `resume`. @returns the exit code */
export async function trainRun(job: TrainingJob, terminal: Terminal): Promise<number> {
  const { preset, seed, dataFolder } = job;
  const { reporters, people, notice } = job.reporters;
  const items = await createItems(preset, {
    ...(dataFolder !== undefined && { dataFolder }),
    onNotice: notice,
    workingDirectory: terminal.workingDirectory,
  });
  let drawing: Promise<boolean> | undefined;
  // Asked before the first picture: what draws takes longer to load than a small step.
  const draws = () => (drawing ??= canDraw(notice));
  const painter = await samplePainter(items.dataset, preset.id);
  const plane = await samplePlane(items.dataset);
  const withEncoder = items.method.roles.some(({ kind }) => kind === 'encoder');
  const ofReconstructions = withEncoder ? await reconstructionPainter(items.dataset, preset.id) : undefined;
  const run = job.keep({
    name: preset.id,
    options: runOptions(preset, items),
    reporters,
    checkpoints: job.checkpoints,
    ...(job.changed !== undefined && { changed: job.changed }),
    threads: job.engine.threads,
    dataFolder,
    workingDirectory: terminal.workingDirectory,
    pictures: {
      samples: async (event) => ((await draws()) ? painter?.(event) : undefined),
      reconstructions: async ({ step, reconstruct, generator, samples }) =>
        reconstruct && (await draws())
          ? ofReconstructions?.({ step, reconstruct, classes: classesOf(generator), generated: samples })
          : undefined,
    },
  });

  let engine: ChosenEngine | undefined;
  const work = async (signal: AbortSignal) => {
    const found = await run.find();
    // A run that was killed after its last step is to be completed.
    if (found?.checkpoint.step === preset.steps && readRun(run.path).result?.steps === preset.steps) {
      notice(
        `${shown(run.path, terminal)} has trained all of its ${preset.steps} steps; for more, say --steps`,
      );
      return exitCodes.success;
    }
    const untrained = { ...items, latentDimension: preset.latents.dimension, seed };
    engine = await chooseEngine(job.engine, untrained, notice);
    const trained = await fit({
      method: items.method,
      dataset: items.dataset,
      augmentations: items.augmentations,
      latents: preset.latents,
      batchSize: preset.batchSize,
      steps: preset.steps,
      ...(preset.movingAverage !== undefined && { movingAverage: preset.movingAverage }),
      seed,
      guards: items.guards,
      ...(preset.measure !== undefined && { measure: preset.measure as MeasurementId[] }),
      evaluation: { ...preset.evaluation, metrics: items.metrics },
      ...engine.options,
      run,
      signal,
      callbacks: {
        async onStart({ engine, step }) {
          if (plane !== undefined) run.files.writePlane(plane.plane);
          await run.notice(
            `${preset.title}: ${step === 0 ? '' : `from step ${count(step)} on, `}${count(preset.steps)} steps, ${engine ? `compiled for ${engine.engine} on ${engine.device}` : `eager on ${tf.getBackend()}`}, ` +
              `writing to ${shown(run.path, terminal)}`,
          );
        },
        onEvaluation({ step, samples }) {
          if (plane !== undefined) run.files.writePoints(step, plane.place(samples));
          writeRunReport(run.files, preset, 'running');
        },
        async onEnd(trained) {
          if (await draws()) await drawNetworks(trained, preset, items, seed, run.files);
          writeRunReport(run.files, preset, trained.outcome === 'completed' ? 'completed' : 'stopped');
        },
      },
    });
    await trained.dispose();
    people?.write(summary(preset, seed, trained, run.path, terminal));
    return exitCodes.success;
  };
  try {
    return await workUntilEnding(terminal, work, {
      onEnding: (ending) => sayWhatHappens(ending, terminal, run),
      lastWords: ({ cause, error }) =>
        void writeFailure(run, preset, error ?? new Error(`ended at once by ${cause}`)),
    });
  } catch (error) {
    await writeFailure(run, preset, error);
    throw error;
  } finally {
    await run.close();
    engine?.dispose();
    await items.dispose();
  }
}

/** Pictures of what a trained generator makes of latents that were chosen for them, and of what a discriminator says of the plane. */
async function drawNetworks(
  trained: TrainingResult,
  preset: Preset,
  { dataset, classifier, method }: Items,
  seed: number,
  files: RunFolder,
): Promise<void> {
  const { id: name, latents } = preset;
  const { step } = trained;
  const generate = (chosen: Float32Array) => trained.generate(chosen);
  const classes = classesOf(trained.generator);
  const interpolation = await drawInterpolation({ dataset, latents, classes, generate, name, seed });
  if (interpolation !== undefined) {
    files.writePicture('interpolation', step, interpolation);
  }
  const plane = (await samplePlane(dataset))?.plane;
  const judge = method.roles.find(({ kind, packing = 1 }) => kind === 'discriminator' && packing === 1);
  if (plane?.dimension === 2 && judge !== undefined) {
    const measured = await offPlainJavaScript(() => measureField(trained.networks[judge.id], plane));
    const field = { title: judge.id, ...measured };
    const title = `${name}, step ${count(step)}`;
    files.writePicture(
      'discriminator-field',
      step,
      await drawDiscriminatorFields({ title, fields: [field], plane }),
    );
  }
  const onTheSquare = latents.dimension === 2 && latents.distribution === 'uniform';
  if (onTheSquare && classes === 0 && classifier !== undefined && dataset.sampleShape[2] === 1) {
    const map = await drawLatentLabels({ generate, classifier, range: dataset.range, name, seed });
    files.writePicture('latent-labels', step, map);
  }
}

/** Writes `report.html` of what a run's folder holds. */
export function writeRunReport(folder: RunFolder, preset: PresetWords, state: RunState): void {
  folder.writeReport(renderReport(new RunReader(folder.path, () => preset), state));
}

/** The set-up of a run with every default filled in. */
export function runOptions(
  preset: Preset,
  { method, architecture, dataset, augmentations, guards }: Items,
): JsonObject {
  const ofGuards = (preset.guards ?? []).map(({ id }, i) => ({ id, ...guards[i].options }));
  return {
    method: { id: method.id, ...method.options },
    architecture: { id: architecture.id, ...architecture.options },
    dataset: { id: dataset.id, ...dataset.options },
    augmentations: augmentations.map(({ id, options }) => ({ id, ...options })),
    latents: { ...preset.latents },
    batchSize: preset.batchSize,
    steps: preset.steps,
    movingAverage:
      preset.movingAverage === undefined ? null : { rampUp: defaultRampUp, ...preset.movingAverage },
    ...(ofGuards.length > 0 && { guards: ofGuards }),
    ...(preset.measure !== undefined && { measure: preset.measure }),
    evaluation: {
      every: preset.evaluation.every,
      samples: preset.evaluation.samples,
      metrics: preset.evaluation.metrics.map(({ id, options }) => ({ id, ...options })),
    },
  };
}

export function sayWhatHappens(
  { cause }: Ending,
  { stderr }: Terminal,
  run: { notice(message: string): unknown },
): void {
  const plan = 'stopping after this step and writing results';
  if (cause === 'closed-output') stderr.write(`nobody reads the output any more; ${plan}\n`);
  else if (cause === 'error') void run.notice(`an error that nobody foresaw; ${plan}`);
  else void run.notice(`${plan}; Ctrl-C again ends at once`);
}

/** A run that cannot go on leaves what it has; that this fails too must not hide why. */
export async function writeFailure(run: Run | RecipeRun, preset: PresetWords, error: unknown): Promise<void> {
  try {
    const failed = run.fail(error instanceof Error ? error.message : String(error));
    if (run.hasFiles) writeRunReport(run.files, preset, 'failed');
    await failed;
  } catch {
    // The first error is the one to tell.
  }
}

function summary(
  preset: Preset,
  seed: number,
  { step, seconds, stepsPerSecond, results }: TrainingResult,
  folder: string,
  terminal: Terminal,
): string {
  const title = `${preset.id}, seed ${seed}: ${count(step)} of ${count(preset.steps)} steps in ${duration(seconds)}`;
  const path = shown(folder, terminal);
  return `
${title}, ${speed(stepsPerSecond)} steps/s

${results.length === 0 ? '' : `${resultsTable(results, preset.published, terminal.stdout.columns ?? 100)}\n`}\
report    ${join(path, 'report.html')}
pictures  ${join(path, 'samples')}
`;
}

/** A path as a person would type it. */
export function shown(path: string, terminal: Terminal): string {
  const fromHere = relative(terminal.workingDirectory, path);
  return fromHere.startsWith('..') ? path : fromHere || '.';
}
