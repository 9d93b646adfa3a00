import { CheckpointError, defaultRampUp, toJson, type JsonObject, type Preset } from '@dist-gan/core';
import {
  type Checkpoint,
  describeMachine,
  gitCommit,
  installedVersions,
  type RunFolder,
  type RunRecord,
  type RunResult,
} from '@dist-gan/runs';
import { fit, type EngineDescription, type ExecutorId, type TrainingResult } from '@dist-gan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { join, relative } from 'node:path';
import { drawLatentLabels } from '../classifier/latent-labels.js';
import { workUntilEnding, type Ending } from '../ending/index.js';
import { drawInterpolation, reconstructionPainter, samplePainter } from '../pictures/index.js';
import { count, duration, resultsTable, speed, TextProgress, type Progress } from '../progress/index.js';
import { RunRecorder } from '../recording/index.js';
import { createItems, type Items } from '../registry.js';
import { differingOptions } from '../settings/index.js';
import type { Terminal } from '../terminal.js';
import { exitCodes } from './command.js';
import { chooseEngine, type EngineChoice } from './training-engine.js';

/** A run that shall be trained, from its start or from a checkpoint on. */
export interface TrainingJob {
  readonly preset: Preset;
  readonly seed: number;
  /** Where data files are, if not where DIST_GAN_DATA says. */
  readonly dataFolder?: string;
  readonly engine: EngineChoice;
  readonly checkpoints: {
    readonly everySteps?: number;
    readonly everyMinutes?: number;
    readonly keep?: number;
  };
  /** Whether JSON lines are printed in place of progress. */
  readonly json: boolean;
  /** Makes the folder of a new run. */
  open(): OpenRun;
  readonly resume?: ResumedRun;
}

interface OpenRun {
  readonly folder: RunFolder;
  readonly lock: { release(): void };
}

interface ResumedRun extends OpenRun {
  readonly record: RunRecord;
  readonly checkpoint: Checkpoint;
  /** Options that may differ from those of the checkpoint, as a user named them: `method.learningRate`. */
  readonly changed: readonly string[];
}

/** Minutes without a checkpoint at most; there is one at every evaluation, too. */
export const defaultCheckpointMinutes = 10;
/** Newest checkpoints that stay. */
export const defaultCheckpointsKept = 2;

/** Trains and writes it down: the work of `train` and `resume`. @returns the exit code */
export async function trainRun(job: TrainingJob, terminal: Terminal): Promise<number> {
  const { preset, seed, dataFolder, json, resume } = job;
  const notice = noticeWriter(json, terminal);
  const items = await createItems(preset, {
    ...(dataFolder !== undefined && { dataFolder }),
    onNotice: notice,
    workingDirectory: terminal.workingDirectory,
  });
  const options = runOptions(preset, items);
  if (resume !== undefined) assertSameOptions(resume, options, job);
  const chosenEngine = await chooseEngine(job.engine, preset, items, notice);
  const painter = await samplePainter(items.dataset, preset.id);
  const withEncoder = items.method.roles.some(({ kind }) => kind === 'encoder');
  const ofReconstructions = withEncoder ? await reconstructionPainter(items.dataset, preset.id) : undefined;

  const progress = json
    ? silentProgress(notice)
    : new TextProgress(terminal.stdout, {
        steps: preset.steps,
        modes: items.dataset.mixture?.centres.length,
      });
  const emit = (line: object) => {
    if (json) terminal.stdout.write(`${toJson(line)}\n`);
  };

  let recorder: RunRecorder | undefined;
  let opened: OpenRun | undefined = job.resume;
  const work = async (signal: AbortSignal) => {
    const trained = await fit({
      method: items.method,
      architecture: items.architecture,
      dataset: items.dataset,
      augmentations: items.augmentations,
      latents: preset.latents,
      batchSize: preset.batchSize,
      steps: preset.steps,
      ...(preset.movingAverage !== undefined && { movingAverage: preset.movingAverage }),
      seed,
      evaluation: { ...preset.evaluation, metrics: items.metrics },
      ...chosenEngine,
      ...(resume !== undefined && { resume: resume.checkpoint }),
      signal,
      callbacks: {
        // The folder is made here, when nothing about the input can be wrong any more.
        onStart({ executor, engine }) {
          const record = describeRun(job, items, { options, executor, engine, terminal });
          opened ??= job.open();
          const { folder } = opened;
          recorder = new RunRecorder({
            preset,
            record,
            folder,
            checkpoints: {
              everySteps: job.checkpoints.everySteps ?? Infinity,
              everyMinutes: job.checkpoints.everyMinutes ?? defaultCheckpointMinutes,
              keep: job.checkpoints.keep ?? defaultCheckpointsKept,
            },
            ...(resume !== undefined && {
              resumed: { step: resume.checkpoint.step, events: folder.rewindLog(resume.checkpoint.step) },
            }),
            progress,
            painter,
            ...(ofReconstructions !== undefined && { reconstructionPainter: ofReconstructions }),
            onEvent: emit,
          });
          emit({
            event: 'start',
            folder: folder.path,
            preset: preset.id,
            seed,
            steps: preset.steps,
            ...(resume !== undefined && { step: resume.checkpoint.step }),
            executor,
            ...engine,
          });
          progress.notice(
            `${preset.title}: ${resume === undefined ? '' : `from step ${count(resume.checkpoint.step)} on, `}${count(preset.steps)} steps, ${engine ? `compiled for ${engine.engine} on ${engine.device}` : `eager on ${tf.getBackend()}`}, ` +
              `writing to ${shown(folder.path, terminal)}`,
          );
        },
        onStep: (event) => recorder?.step(event),
        onEvaluation: (event) => recorder?.evaluation(event),
        onFailure: (event) => recorder?.failure(event),
      },
    });
    await drawGenerator(trained, preset, items, seed, recorder!);
    await trained.dispose();
    const result = recorder!.finish(trained);
    progress.end();
    emit({ event: 'result', folder: opened!.folder.path, outcome: trained.outcome, ...result });
    if (!json) terminal.stdout.write(summary(preset, trained.results, result, opened!.folder, terminal));
    return exitCodes.success;
  };
  try {
    return await workUntilEnding(terminal, work, {
      onEnding: (ending) => sayWhatHappens(ending, terminal, progress),
      lastWords: ({ cause, error }) =>
        writeFailure(recorder, error ?? new Error(`ended at once by ${cause}`)),
    });
  } catch (error) {
    progress.end();
    writeFailure(recorder, error);
    throw error;
  } finally {
    opened?.lock.release();
    await items.dispose();
  }
}

/** Pictures of what a trained generator makes of latents that were chosen for them. */
async function drawGenerator(
  trained: TrainingResult,
  preset: Preset,
  { dataset, classifier }: Items,
  seed: number,
  recorder: RunRecorder,
): Promise<void> {
  const { id: name, latents } = preset;
  const { step } = trained;
  const generate = (chosen: Float32Array) => trained.generate(chosen);
  const interpolation = await drawInterpolation({ dataset, latents, generate, name, seed });
  if (interpolation !== undefined) {
    recorder.showLast('Between latents', 'interpolation', step, interpolation);
  }
  const onTheSquare = latents.dimension === 2 && latents.distribution === 'uniform';
  if (onTheSquare && classifier !== undefined && dataset.sampleShape[2] === 1) {
    const map = await drawLatentLabels({ generate, classifier, range: dataset.range, name, seed });
    recorder.showLast('Digits of latents', 'latent-labels', step, map);
  }
}

/** The set-up of a run with every default filled in. */
function runOptions(preset: Preset, { method, architecture, dataset, augmentations }: Items): JsonObject {
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
    evaluation: {
      every: preset.evaluation.every,
      samples: preset.evaluation.samples,
      metrics: preset.evaluation.metrics.map(({ id, options }) => ({ id, ...options })),
    },
  };
}

function describeRun(
  { preset, seed, dataFolder, engine: { threads }, resume }: TrainingJob,
  { dataset }: Items,
  {
    options,
    executor,
    engine,
    terminal,
  }: { options: JsonObject; executor: ExecutorId; engine?: EngineDescription; terminal: Terminal },
): RunRecord {
  const now = new Date().toISOString();
  return {
    preset: preset.id,
    seed,
    options,
    samples: { shape: dataset.sampleShape, range: dataset.range },
    executor,
    ...engine,
    ...(threads !== undefined && { threads }),
    backend: tf.getBackend(),
    versions: installedVersions(),
    machine: describeMachine(),
    gitCommit: gitCommit(terminal.workingDirectory),
    ...(dataFolder !== undefined && { dataFolder }),
    startedAt: resume?.record.startedAt ?? now,
    ...(resume !== undefined && {
      resumed: [...(resume.record.resumed ?? []), { at: now, step: resume.checkpoint.step }],
    }),
  };
}

/** @throws CheckpointError with the options that differ from those of the checkpoint, but for those that may */
function assertSameOptions(
  { checkpoint, changed, folder, record }: ResumedRun,
  options: JsonObject,
  { seed }: TrainingJob,
): void {
  const differences = [
    ...differingOptions(checkpoint.record.options, options),
    ...(checkpoint.record.seed === seed ? [] : [{ key: 'seed', before: checkpoint.record.seed, now: seed }]),
  ].filter(
    ({ key }) => key !== 'steps' && !changed.some((name) => key === name || key.startsWith(`${name}.`)),
  );
  if (differences.length === 0) return;
  const list = differences
    .map(({ key, before, now }) => `${key} was ${toJson(before)} and is ${toJson(now)}`)
    .join(', ');
  throw new CheckpointError(
    `${folder.path}: the checkpoint of step ${checkpoint.step} was trained with other options: ${list}; restore them in run.json, ` +
      `name them with --set, or train ${record.preset} again`,
    folder.path,
  );
}

function sayWhatHappens({ cause }: Ending, { stderr }: Terminal, progress: Progress): void {
  const plan = 'stopping after this step and writing results';
  if (cause === 'closed-output') stderr.write(`nobody reads the output any more; ${plan}\n`);
  else if (cause === 'error') progress.notice(`an error that nobody foresaw; ${plan}`);
  else progress.notice(`${plan}; Ctrl-C again ends at once`);
}

/** Where a run says what a user should know, before there is progress: beside JSON lines, not among them. */
export function noticeWriter(json: boolean, { stdout, stderr }: Terminal): (message: string) => void {
  return (message) => (json ? stderr : stdout).write(`${message}\n`);
}

function silentProgress(notice: (message: string) => void): Progress {
  return { step() {}, evaluation() {}, end() {}, notice };
}

/** A run that cannot go on leaves what it has; that this fails too must not hide why. */
function writeFailure(recorder: RunRecorder | undefined, error: unknown): void {
  try {
    recorder?.fail(error instanceof Error ? error.message : String(error));
  } catch {
    // The first error is the one to tell.
  }
}

function summary(
  preset: Preset,
  results: Parameters<typeof resultsTable>[0],
  result: RunResult,
  folder: RunFolder,
  terminal: Terminal,
): string {
  const { steps, seconds, stepsPerSecond, seed } = result;
  const title = `${preset.id}, seed ${seed}: ${count(steps)} of ${count(preset.steps)} steps in ${duration(seconds)}`;
  const path = shown(folder.path, terminal);
  return `
${title}, ${speed(stepsPerSecond)} steps/s

${results.length === 0 ? '' : `${resultsTable(results, preset.published, terminal.stdout.columns ?? 100)}\n`}\
report    ${join(path, 'report.html')}
pictures  ${join(path, 'samples')}
`;
}

/** A path as a person would type it. */
function shown(path: string, terminal: Terminal): string {
  const fromHere = relative(terminal.workingDirectory, path);
  return fromHere.startsWith('..') ? path : fromHere || '.';
}
