import { resolve } from 'node:path';
import {
  BackendError,
  deviceNames,
  isGanError,
  OptionError,
  targetNames,
  type JsonObject,
  type RecipePreset,
} from '@dist-gan/core';
import { openRecipeRun, openRun, readRecord, type RunRecord } from '@dist-gan/runs';
import type { ExecutorId } from '@dist-gan/trainer';
import type { ParsedArguments } from '../arguments/index.js';
import type { BackendName } from '../engine/index.js';
import { findPreset, findRecipePreset, presets } from '../registry.js';
import { changePreset, changeRecipePreset, mergeObjects, readAssignments } from '../settings/index.js';
import type { Terminal } from '../terminal.js';
import type { Command } from './command.js';
import { checkpointFlags, chooseCheckpoints, refuseCheckpoints } from './checkpoints.js';
import { trainRecipe } from './recipe-run.js';
import { dataFolder, stepsOfRecipe } from './train.js';
import type { EngineChoice } from './training-engine.js';
import { chooseReporters, reporterFlags } from './reporters.js';
import { trainRun } from './training-run.js';

export const resume: Command = {
  name: 'resume',
  positionals: [{ name: 'run', description: 'the folder of the run' }],
  flags: [
    {
      name: 'steps',
      short: 'n',
      value: 'n',
      description: 'training steps of the whole run, in place of those it was to have',
    },
    { name: 'data', short: 'd', value: 'folder', description: 'folder with data files (default: as before)' },
    {
      name: 'set',
      short: 'S',
      value: 'key=value',
      repeatable: true,
      description: 'change an option from here on',
    },
    {
      name: 'target',
      value: 'target',
      choices: targetNames,
      description: 'go on with this engine, though another ran the steps before',
    },
    {
      name: 'device',
      value: 'device',
      choices: deviceNames,
      description: 'go on on this device, though the steps before ran on another',
    },
    ...reporterFlags,
    ...checkpointFlags,
  ],
  details: [
    'What follows is, to the bit, what would have followed without the interruption, on the same machine and engine. A damaged checkpoint\n' +
      'is never used: the one before it is, and that is said. With more --steps, learning rates that depend on the length of the\n' +
      'run follow the new one from here on.',
    'The engine that ran the steps before runs the next ones, in the same version, whatever is the default here by now. Where it is missing\n' +
      'the run does not go on (code 69), unless --target or --device names another: then what follows is another run to the bit.',
  ],
  examples: [
    'dist-gan resume runs/gaussian-grid-seed0',
    'dist-gan resume runs/gaussian-grid-seed0 --steps 20000',
  ],
  run: resumeTraining,
};

async function resumeTraining(given: ParsedArguments, terminal: Terminal): Promise<number> {
  try {
    return await goOn(given, terminal);
  } catch (error) {
    if (!isGanError(error, 'BACKEND_UNAVAILABLE') || namesEngine(given)) throw error;
    throw new BackendError(
      `${error.message} Or go on with another engine than before, no longer to the bit: dist-gan resume ${given.positional('run')} ` +
        `--target ${targetNames.join(' or ')}`,
      (error as BackendError).backend,
      { cause: error },
    );
  }
}

async function goOn(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const path = given.positional('run');
  if (path === undefined) {
    throw new OptionError(
      'resume needs the folder of a run, for instance runs/gaussian-grid-seed0',
      'run',
      path,
    );
  }
  const folder = resolve(terminal.workingDirectory, path);
  const record = readRecord(folder);
  const recipePreset = findRecipePreset(record.preset);
  if (recipePreset !== undefined) return resumeRecipe(given, { folder, record, recipePreset }, terminal);
  if (!Object.hasOwn(presets, record.preset)) {
    throw new OptionError(
      `${path} is a run of "${record.preset}", which is no preset: go on with it from the program that began it, with openRun of ` +
        '@dist-gan/runs',
      'run',
      path,
    );
  }
  const changes = readAssignments(given.list('set'));
  const steps = given.wholeNumber('steps', 1);
  const preset = changePreset(
    findPreset(record.preset),
    record.options,
    changes,
    steps === undefined ? {} : { steps },
  );
  return trainRun(
    {
      preset,
      seed: record.seed,
      dataFolder: given.has('data') ? dataFolder(given.text('data')!, terminal) : record.dataFolder,
      engine: engineOf(record, given),
      checkpoints: chooseCheckpoints(given),
      reporters: chooseReporters(given, terminal),
      changed: [...keysOf(changes), ...(namesEngine(given) ? ['engine'] : [])],
      keep: (options) => openRun(folder, options),
    },
    terminal,
  );
}

/** Stages that are done are found. What each depends on must be as it was: `runRecipe` sees to that. */
async function resumeRecipe(
  given: ParsedArguments,
  { folder: path, record, recipePreset }: { folder: string; record: RunRecord; recipePreset: RecipePreset },
  terminal: Terminal,
): Promise<number> {
  if (given.has('steps')) throw stepsOfRecipe(recipePreset, given.text('steps'));
  refuseCheckpoints(given, recipePreset);
  const changes = mergeObjects(record.options, readAssignments(given.list('set')));
  return trainRecipe(
    {
      preset: changeRecipePreset(recipePreset, changes),
      seed: record.seed,
      dataFolder: given.has('data') ? dataFolder(given.text('data')!, terminal) : record.dataFolder,
      engine: engineOf(record, given),
      reporters: chooseReporters(given, terminal),
      changed: namesEngine(given) ? ['engine'] : [],
      keep: (options) => openRecipeRun(path, options),
    },
    terminal,
  );
}

function namesEngine(given: ParsedArguments): boolean {
  return given.has('target') || given.has('device');
}

/** What ran the steps before, for another engine would round otherwise, or what is named. */
function engineOf(
  { executor, target, device, threads, backend }: RunRecord,
  given: ParsedArguments,
): EngineChoice {
  if (namesEngine(given)) {
    return {
      executor: 'compiled',
      target: given.text('target') as EngineChoice['target'],
      device: given.text('device') as EngineChoice['device'],
      threads,
    };
  }
  if (executor === 'eager') return { executor, backend: backend as BackendName };
  return {
    executor: executor as ExecutorId,
    target: target as EngineChoice['target'],
    device: device as EngineChoice['device'],
    threads,
  };
}

/** Dotted paths of what an object says. */
function keysOf(changes: JsonObject): string[] {
  return Object.entries(changes).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? keysOf(value as JsonObject).map((below) => `${key}.${below}`)
      : [key],
  );
}
