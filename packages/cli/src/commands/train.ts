import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  DataNotFoundError,
  defaultRampUp,
  OptionError,
  toJson,
  type JsonObject,
  type Preset,
} from '@dist-gan/core';
import {
  fit,
  type EngineDescription,
  type ExecutorId,
  type FitOptions,
  type TrainingResult,
} from '@dist-gan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding, type Ending } from '../ending/index.js';
import { activateBackend, backendNames, defaultBackend, type BackendName } from '../engine/index.js';
import { drawLatentLabels } from '../classifier/latent-labels.js';
import { drawInterpolation, reconstructionPainter, samplePainter } from '../pictures/index.js';
import { count, duration, resultsTable, speed, TextProgress, type Progress } from '../progress/index.js';
import { RunRecorder } from '../recording/index.js';
import { createItems, findPreset, type Items } from '../registry.js';
import {
  checkRunPlace,
  describeMachine,
  gitCommit,
  installedVersions,
  RunFolder,
  type RunPlace,
  type RunRecord,
  type RunResult,
} from '../run-folder/index.js';
import {
  applyOverrides,
  checkOverrides,
  mergeObjects,
  readAssignments,
  readConfigFile,
  type Configuration,
} from '../settings/index.js';
import type { Terminal } from '../terminal.js';
import { endingCodes, exitCodes, type Command } from './command.js';

const executors = ['eager', 'compiled'] as const;
const targets = ['onnx', 'tensorflow'] as const;
const devices = ['cpu', 'webgpu', 'cuda', 'auto'] as const;

export const train: Command = {
  name: 'train',
  summary: 'train a preset and write a run folder with numbers, pictures and a report',
  positionals: [
    {
      name: 'preset',
      description: 'what to train (default: the one of --config); dist-gan presets lists them',
    },
  ],
  flags: [
    {
      name: 'seed',
      value: 'n',
      description: "seed of every random number of the run (default: the configuration's, else 0)",
    },
    { name: 'steps', value: 'n', description: "training steps, in place of the preset's" },
    {
      name: 'out',
      value: 'folder',
      description: 'folder of the run (default runs/<preset>-seed<seed>, numbered when taken)',
    },
    { name: 'data', value: 'folder', description: 'folder with data files (default: DIST_GAN_DATA)' },
    { name: 'set', value: 'key=value', repeatable: true, description: 'change an option of the preset' },
    {
      name: 'config',
      value: 'file',
      description: 'JSON file with preset, seed and such changes, or the run.json of a run',
    },
    { name: 'json', description: 'print JSON lines in place of progress' },
    {
      name: 'executor',
      value: 'executor',
      choices: executors,
      description: 'how a step runs: compiled to one graph (default), or operation by operation',
    },
    {
      name: 'target',
      value: 'target',
      choices: targets,
      description: 'what a compiled run runs on: ONNX Runtime (default) or TensorFlow (see dist-gan setup)',
    },
    {
      name: 'device',
      value: 'device',
      choices: devices,
      description:
        'where a compiled run computes (default cpu; auto: the fastest target and device that work)',
    },
    {
      name: 'threads',
      value: 'n',
      description: 'threads of a compiled run (default: cores, or one for small nets)',
    },
    {
      name: 'backend',
      value: 'backend',
      choices: backendNames,
      description: 'TensorFlow.js backend of an eager run (default wasm, cpu for convolutions)',
    },
  ],
  details: [
    'Keys of --set are dotted paths into method, architecture, dataset, augmentations, latents, evaluation, batchSize,\n' +
      'steps and movingAverage; --set method.id=wgan-gp trains another method on the same data, and --set \'augmentations=[{"id":"diff-augment"}]\'\n' +
      'augments what the discriminator sees.',
    '--set movingAverage.halfLife=10000 keeps an average of the generator, which forgets half in so many samples; it is what is\n' +
      'evaluated and kept, and the numbers of the trained generator itself are in the log. --set movingAverage=null: none.',
    'Ctrl-C ends a run after the step at hand and writes its results, and so do SIGTERM, a closed terminal and a closed\n' +
      'pipe; a second Ctrl-C ends it at once.',
    `Exit codes: 0 done, 2 bad input or a run that cannot go on, ${endingCodes}, 1 anything unforeseen.`,
  ],
  examples: [
    'dist-gan train gaussian-grid',
    'dist-gan train gaussian-grid --seed 3 --steps 500',
    'dist-gan train gaussian-grid --set method.reconstructedLabel=fake --set batchSize=64',
    'dist-gan train mnist-mlp --data path/to/data --json',
  ],
  run: runTraining,
};

async function runTraining(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const configuration = readConfiguration(given, terminal);
  const preset = choosePreset(given, configuration);
  const givenSeed = given.wholeNumber('seed', 0);
  const seed = givenSeed ?? configuration.seed ?? 0;
  const place = choosePlace(given, preset, seed, terminal);
  checkRunPlace(place);

  const json = given.has('json');
  const notice = (message: string) => (json ? terminal.stderr : terminal.stdout).write(`${message}\n`);
  if (configuration.seed !== undefined && configuration.seed !== seed) {
    notice(`seed ${seed} in place of the configuration's ${configuration.seed}`);
  }
  const items = await createItems(preset, {
    ...(given.has('data') && { dataFolder: dataFolder(given.text('data')!, terminal) }),
    onNotice: notice,
    workingDirectory: terminal.workingDirectory,
  });
  const engine = await chooseEngine(given, preset, items, notice);
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
  let folder: RunFolder | undefined;
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
      ...engine,
      signal,
      callbacks: {
        // The folder is made here, when nothing about the input can be wrong any more.
        onStart({ executor, engine }) {
          const record = describeRun(preset, items, { seed, executor, engine, terminal });
          folder = RunFolder.create(place);
          recorder = new RunRecorder({
            preset,
            record,
            folder,
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
            executor,
            ...engine,
          });
          progress.notice(
            `${preset.title}: ${count(preset.steps)} steps, ${engine ? `compiled for ${engine.engine} on ${engine.device}` : `eager on ${tf.getBackend()}`}, ` +
              `writing to ${shown(folder.path, terminal)}`,
          );
        },
        onStep: (event) => recorder?.step(event),
        onEvaluation: (event) => recorder?.evaluation(event),
      },
    });
    await drawGenerator(trained, preset, items, seed, recorder!);
    await trained.dispose();
    const result = recorder!.finish(trained);
    progress.end();
    emit({ event: 'result', folder: folder!.path, outcome: trained.outcome, ...result });
    if (!json) terminal.stdout.write(summary(preset, trained.results, result, folder!, terminal));
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

function readConfiguration(given: ParsedArguments, { workingDirectory }: Terminal): Configuration {
  const file = given.text('config');
  return file === undefined ? { changes: {} } : readConfigFile(resolve(workingDirectory, file));
}

/**
 * The preset with the changes of --config, --set and --steps, in this order.
 *
 * @throws OptionError when the command line names another preset than the configuration
 */
function choosePreset(given: ParsedArguments, configuration: Configuration): Preset {
  const named = given.positional('preset');
  if (named !== undefined && configuration.preset !== undefined && named !== configuration.preset) {
    throw new OptionError(
      `--config is a configuration of ${configuration.preset}, not of ${named}; name the same preset, or none`,
      '--config',
      configuration.preset,
    );
  }
  const preset = findPreset(named ?? configuration.preset);
  const steps = given.wholeNumber('steps', 1);
  const changes = [
    configuration.changes,
    readAssignments(given.list('set')),
    steps === undefined ? {} : { steps },
  ].reduce<JsonObject>(mergeObjects, {});
  return applyOverrides(preset, checkOverrides(changes, preset.id));
}

function choosePlace(given: ParsedArguments, preset: Preset, seed: number, terminal: Terminal): RunPlace {
  const chosen = given.text('out');
  const path = chosen ?? join('runs', `${preset.id}-seed${seed}`);
  return { path: resolve(terminal.workingDirectory, path), numbered: chosen === undefined };
}

function dataFolder(path: string, terminal: Terminal): string {
  const folder = resolve(terminal.workingDirectory, path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new DataNotFoundError(`--data ${path}: there is no such folder; check the path`, folder);
  }
  return folder;
}

/** Settles how steps run, and makes the TensorFlow.js backend for it the active one. */
async function chooseEngine(
  given: ParsedArguments,
  preset: Preset,
  { architecture, dataset }: Items,
  notice: (message: string) => void,
): Promise<Pick<FitOptions, 'executor' | 'compiler'>> {
  const backend = given.text('backend') as BackendName | undefined;
  const target = given.text('target') as (typeof targets)[number] | undefined;
  const device = given.text('device') as (typeof devices)[number] | undefined;
  const threads = given.wholeNumber('threads', 1);
  const executor = (given.text('executor') ?? (backend === undefined ? 'compiled' : 'eager')) as ExecutorId;
  if (executor === 'compiled' && backend !== undefined) {
    throw misplaced('backend', backend, 'eager');
  }
  if (executor === 'eager' && target !== undefined) {
    throw misplaced('target', target, 'compiled');
  }
  if (executor === 'eager' && device !== undefined) {
    throw misplaced('device', device, 'compiled');
  }
  if (executor === 'eager' && threads !== undefined) {
    throw misplaced('threads', `${threads}`, 'compiled');
  }
  if (executor === 'compiled') {
    // Networks are built on a backend; steps do not run there.
    await activateBackend('cpu');
    const chosen = {
      ...(target !== undefined && { target }),
      ...(device !== undefined && { device }),
      ...(threads !== undefined && { threads }),
    };
    return { executor, compiler: { ...chosen, onWarning: notice } };
  }
  const shape = { sampleShape: dataset.sampleShape, latentDimension: preset.latents.dimension };
  await activateBackend(backend ?? (await defaultBackend(architecture, shape)));
  return { executor };
}

function misplaced(flag: string, value: string, executor: ExecutorId): OptionError {
  return new OptionError(
    `--${flag} ${value} is for ${executor} runs; leave it out or say --executor ${executor} alone`,
    `--${flag}`,
    value,
  );
}

function describeRun(
  preset: Preset,
  { method, architecture, dataset, augmentations }: Items,
  {
    seed,
    executor,
    engine,
    terminal,
  }: { seed: number; executor: ExecutorId; engine?: EngineDescription; terminal: Terminal },
): RunRecord {
  return {
    preset: preset.id,
    seed,
    options: {
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
    },
    samples: { shape: dataset.sampleShape, range: dataset.range },
    executor,
    ...engine,
    backend: tf.getBackend(),
    versions: installedVersions(),
    machine: describeMachine(),
    gitCommit: gitCommit(terminal.workingDirectory),
    startedAt: new Date().toISOString(),
  };
}

function sayWhatHappens({ cause }: Ending, { stderr }: Terminal, progress: Progress): void {
  const plan = 'stopping after this step and writing results';
  if (cause === 'closed-output') stderr.write(`nobody reads the output any more; ${plan}\n`);
  else if (cause === 'error') progress.notice(`an error that nobody foresaw; ${plan}`);
  else progress.notice(`${plan}; Ctrl-C again ends at once`);
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
