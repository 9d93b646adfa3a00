import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatasetFormatError, type LatentOptions, type MovingAverageOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { check, parseRunRecord } from '../record/parse-records.js';
import type { RunRecord } from '../record/run-record.js';
import { isRun } from './read-run.js';

/** The part of a run's settings that sampling needs. */
interface RunSettings {
  readonly method: { readonly id: string };
  readonly architecture: { readonly id: string };
  readonly dataset: { readonly id: string };
  readonly latents: LatentOptions;
  readonly batchSize: number;
  readonly movingAverage?: Required<MovingAverageOptions> | null;
  readonly evaluation: { readonly samples: number };
}

/** A run, or one of its checkpoints, that was named on the command line. */
export interface RunPath {
  /** The folder of the run. */
  readonly run: string;
  readonly record: RunRecord;
  readonly settings: RunSettings;
  /** A checkpoint that was named. Without, it is the newest. */
  readonly checkpoint?: string;
}

const extent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31));
const item = v.looseObject({ id: v.string() });

/** Options of items are checked by their makers. */
const runSettings = v.looseObject({
  method: item,
  architecture: item,
  dataset: item,
  latents: v.looseObject({ dimension: extent, distribution: v.picklist(['uniform', 'normal']) }),
  batchSize: extent,
  movingAverage: v.nullish(v.looseObject({ halfLife: v.number() })),
  evaluation: v.looseObject({ samples: extent }),
});

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
    if ('recipe' in record.options) {
      throw new TypeError(
        'it is the run of a recipe, whose latents come from its stages, and its samples are in samples/',
      );
    }
    const { options } = check(v.looseObject({ options: runSettings }), record);
    return { ...named, record, settings: options as RunSettings };
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
