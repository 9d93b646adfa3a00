import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  DatasetFormatError,
  latentOptions,
  readAs,
  type LatentOptions,
  type MovingAverageOptions,
} from '@dist-gan/core';
import * as v from 'valibot';
import { parseRunRecord } from '../record/parse-records.js';
import type { RunRecord } from '../record/run-record.js';
import { isRun } from './read-run.js';

/** The part of a run's settings that sampling needs. */
export interface RunSettings extends CommonSettings {
  readonly method: { readonly id: string };
  readonly latents: LatentOptions;
  readonly movingAverage?: Required<MovingAverageOptions> | null;
}

/** The same of a run of a recipe, which makes its latents itself. */
export interface RecipeSettings extends CommonSettings {
  readonly recipe: { readonly id: string };
  readonly latentDimension: number;
}

interface CommonSettings {
  readonly architecture: { readonly id: string };
  readonly dataset: { readonly id: string };
  readonly batchSize: number;
  readonly evaluation: { readonly samples: number };
}

/** A run, or one of its checkpoints, that was named on the command line. */
export interface RunPath<Settings = RunSettings | RecipeSettings> {
  /** The folder of the run. */
  readonly run: string;
  readonly record: RunRecord;
  readonly settings: Settings;
  /** A checkpoint that was named. Without, it is the newest. */
  readonly checkpoint?: string;
}

const extent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31));
const item = v.looseObject({ id: v.string() });

/** Options of items are checked by their makers. */
const common = {
  architecture: item,
  dataset: item,
  batchSize: extent,
  evaluation: v.looseObject({ samples: extent }),
};

const runSettings = v.looseObject({
  ...common,
  method: item,
  latents: v.looseObject({ dimension: extent, distribution: latentOptions.entries.distribution }),
  movingAverage: v.nullish(v.looseObject({ halfLife: v.number() })),
});

const recipeSettings = v.looseObject({ ...common, recipe: item, latentDimension: extent });

/** Whether a path is the folder of a run, or a checkpoint in one. */
export function isRunPath(path: string): boolean {
  return isRun(runOf(path).run);
}

function runOf(path: string): Pick<RunPath, 'run' | 'checkpoint'> {
  return path.endsWith('.safetensors') ? { run: dirname(dirname(path)), checkpoint: path } : { run: path };
}

/**
 * The record of the run that a path names: its folder, or a checkpoint in the folder `checkpoints` of it.
 *
 * @throws DatasetFormatError when there is none
 */
export function openRunPath(path: string): RunPath {
  const named = runOf(path);
  const file = join(named.run, 'run.json');
  try {
    const record = parseRunRecord(readFileSync(file, 'utf8'));
    const schema = 'recipe' in record.options ? recipeSettings : runSettings;
    const { options } = readAs(v.looseObject({ options: schema }), record);
    return { ...named, record, settings: options as RunSettings | RecipeSettings };
  } catch (cause) {
    throw new DatasetFormatError(
      `${path} is no folder of a run that can be sampled: ${(cause as Error).message}; give the folder that dist-gan train wrote, ` +
        'or a checkpoint in its folder checkpoints; weights from outside need --architecture or --mapping',
      file,
      0,
      { cause },
    );
  }
}
