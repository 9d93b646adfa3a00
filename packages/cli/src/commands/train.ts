import { join, resolve } from 'node:path';
import {
  DataNotFoundError,
  deviceNames,
  OptionError,
  statIfAny,
  targetNames,
  type Preset,
  type RecipePreset,
} from '@dist-gan/core';
import {
  checkRunPlace,
  newRecipeRun,
  newRun,
  readRun,
  resumeCommand,
  stepsOf,
  takenPaths,
  type RunPlace,
} from '@dist-gan/runs';
import { executorIds, guards, type ExecutorId } from '@dist-gan/trainer';
import type { ParsedArguments } from '../arguments/index.js';
import { presetNames, settingKeys } from '../completion/values.js';
import { backendNames, fasterEngine, type BackendName } from '../engine/index.js';
import { findPreset, findRecipePreset } from '../registry.js';
import {
  changePreset,
  changeRecipePreset,
  mergeObjects,
  readAssignments,
  readConfigFile,
  type Configuration,
} from '../settings/index.js';
import type { Terminal } from '../terminal.js';
import { checkpointFlags, chooseCheckpoints, refuseCheckpoints } from './checkpoints.js';
import { codesOfLongWork, type Command } from './command.js';
import type { EngineChoice } from './training-engine.js';
import { trainRecipe } from './recipe-run.js';
import { chooseReporters, reporterFlags } from './reporters.js';
import { trainRun, type TrainingJob } from './training-run.js';

export const train: Command = {
  name: 'train',
  positionals: [
    {
      name: 'preset',
      complete: presetNames,
      description: 'what to train (default: the one of --config); dist-gan presets lists them',
    },
  ],
  flags: [
    {
      name: 'seed',
      short: 's',
      value: 'n',
      description: "seed of every random number of the run (default: the configuration's, else 0)",
    },
    { name: 'steps', short: 'n', value: 'n', description: "training steps, in place of the preset's" },
    {
      name: 'out',
      short: 'o',
      value: 'folder',
      description: 'folder of the run (default runs/<preset>-seed<seed>, numbered when taken)',
    },
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
    {
      name: 'set',
      short: 'S',
      complete: settingKeys,
      value: 'key=value',
      repeatable: true,
      description: 'change an option of the preset',
    },
    {
      name: 'config',
      short: 'c',
      value: 'file',
      description: 'JSON file with preset, seed and such changes, or the run.json of a run',
    },
    ...reporterFlags,
    ...checkpointFlags,
    {
      name: 'executor',
      value: 'executor',
      choices: executorIds,
      description: 'how a step runs: compiled to one graph (default), or operation by operation',
    },
    {
      name: 'target',
      value: 'target',
      choices: targetNames,
      description:
        'what a compiled run runs on (default: the fastest engine that is here for its networks, or DIST_GAN_TARGET)',
    },
    {
      name: 'device',
      value: 'device',
      choices: deviceNames,
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
    'Keys of --set are dotted paths into method, architecture, dataset, augmentations, guards, measure, latents, evaluation, batchSize,\n' +
      'steps and movingAverage; --set method.id=wgan-gp trains another method on the same data, and --set \'augmentations=[{"id":"diff-augment"}]\'\n' +
      'augments what the discriminator sees.',
    '--set movingAverage.halfLife=10000 keeps an average of the generator, which forgets half in so many samples; it is what is\n' +
      'evaluated and kept, and the numbers of the trained generator itself are in the log. --set movingAverage=null: none.',
    '--set \'guards=[{"id":"metric-fall","metric":"modes-covered","policy":"restore"}]\' goes back to the best state when the metric falls to a\n' +
      `half. There are ${Object.keys(guards).join(', ')};\n` +
      'every run has non-finite, presets on points have dead-discriminator; policies warn, restore, stop. guards=[] leaves out those of the preset.',
    '--set \'measure=["gradient-norms","weight-norms","spectral-norms"]\' logs norms: of gradients at every step, of weights at evaluations.',
    'Ctrl-C ends a run after the step at hand and writes its results, and so do SIGTERM, a closed terminal and a closed\n' +
      'pipe; a second Ctrl-C ends it at once. dist-gan resume goes on.',
    'A recipe (ae-ot-mnist) trains in stages, each of which is kept: its keys are --set recipe.steps=500 and the like.',
    `Exit codes: 0 done, 2 bad input or a run that cannot go on, 69 no such engine here, ${codesOfLongWork}.`,
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
  const preset = chooseRecipePreset(given, configuration) ?? choosePreset(given, configuration);
  const givenSeed = given.wholeNumber('seed', 0);
  const seed = givenSeed ?? configuration.seed ?? 0;
  const place = choosePlace(given, preset, seed, terminal);
  checkRunPlace(place);
  const reporters = chooseReporters(given, terminal);
  if (place.numbered) mentionUnfinished(takenPaths(place.path), preset, reporters.notice);
  if (configuration.seed !== undefined && configuration.seed !== seed) {
    reporters.notice(`seed ${seed} in place of the configuration's ${configuration.seed}`);
  }
  const job = {
    seed,
    ...(given.has('data') && { dataFolder: dataFolder(given.text('data')!, terminal) }),
    engine: {
      executor: given.text('executor') as ExecutorId | undefined,
      backend: given.text('backend') as BackendName | undefined,
      target: given.text('target') as EngineChoice['target'],
      device: given.text('device') as EngineChoice['device'],
      threads: given.wholeNumber('threads', 1),
    },
    reporters,
  };
  const isFree = Object.values(job.engine).every((named) => named === undefined);
  // Words for people, and none among JSON lines.
  const hint = isFree && reporters.people !== undefined ? fasterEngine() : undefined;
  if (hint !== undefined) reporters.notice(hint);
  if ('recipe' in preset) {
    return trainRecipe({ ...job, preset, keep: (options) => newRecipeRun(place, options) }, terminal);
  }
  const keep: TrainingJob['keep'] = (options) => newRun(place, options);
  return trainRun({ ...job, preset, checkpoints: chooseCheckpoints(given), keep }, terminal);
}

/** The preset of a recipe with the changes of --config and --set, if it is one that is asked for. */
function chooseRecipePreset(given: ParsedArguments, configuration: Configuration): RecipePreset | undefined {
  const preset = findRecipePreset(given.positional('preset') ?? configuration.preset);
  if (preset === undefined) return undefined;
  assertSamePreset(given, configuration);
  if (given.has('steps')) throw stepsOfRecipe(preset, given.text('steps'));
  refuseCheckpoints(given, preset);
  const changes = mergeObjects(configuration.changes, readAssignments(given.list('set')));
  return changeRecipePreset(preset, changes);
}

/** What is said of `--steps` for a recipe. */
export function stepsOfRecipe({ id }: RecipePreset, steps: unknown): OptionError {
  return new OptionError(
    `--steps: every stage of ${id} has steps of its own; say for instance --set recipe.steps=500`,
    '--steps',
    steps,
  );
}

/** Says how to go on with the latest unfinished run among those that have the default folder, which a new one does not take. */
function mentionUnfinished(
  paths: readonly string[],
  preset: { readonly id: string },
  notice: (message: string) => void,
): void {
  for (const path of paths.toReversed()) {
    try {
      const { record, state, checkpoints, events } = readRun(path);
      const step = events.at(-1)?.step ?? 0;
      if (record.preset !== preset.id || state === 'completed' || state === 'running') continue;
      // A recipe goes on from its stages, and begins again where it has none.
      if (checkpoints.length === 0 && !('recipe' in record.options)) continue;
      notice(
        `${path} is an unfinished run of ${preset.id} (${state} at step ${step} of ${stepsOf(record)}); to go on with it: ` +
          resumeCommand(path),
      );
      return;
    } catch {
      // No run, or none that can be gone on with.
    }
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
  assertSamePreset(given, configuration);
  const preset = findPreset(given.positional('preset') ?? configuration.preset);
  const steps = given.wholeNumber('steps', 1);
  return changePreset(
    preset,
    configuration.changes,
    readAssignments(given.list('set')),
    steps === undefined ? {} : { steps },
  );
}

function assertSamePreset(given: ParsedArguments, configuration: Configuration): void {
  const named = given.positional('preset');
  if (named === undefined || configuration.preset === undefined || named === configuration.preset) return;
  throw new OptionError(
    `--config is a configuration of ${configuration.preset}, not of ${named}; name the same preset, or none`,
    '--config',
    configuration.preset,
  );
}

function choosePlace(
  given: ParsedArguments,
  preset: { readonly id: string },
  seed: number,
  terminal: Terminal,
): RunPlace {
  const chosen = given.text('out');
  const path = chosen ?? join('runs', `${preset.id}-seed${seed}`);
  return { path: resolve(terminal.workingDirectory, path), numbered: chosen === undefined };
}

export function dataFolder(path: string, terminal: Terminal): string {
  const folder = resolve(terminal.workingDirectory, path);
  if (statIfAny(folder)?.isDirectory() !== true) {
    throw new DataNotFoundError(`--data ${path}: there is no such folder; check the path`, folder);
  }
  return folder;
}
