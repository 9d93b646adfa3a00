import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerCustomObjects } from '@dist-gan/architectures';
import { DatasetFormatError, fromJson, type LatentOptions, type MovingAverageOptions } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { activateBackend } from '../engine/index.js';
import { generatorFolder, loadModel, type RunRecord } from '../run-folder/index.js';

/** The generator that a run saved at its last evaluation, and how it is to be used. */
export interface RunGenerator {
  readonly generator: LayersModel;
  readonly record: RunRecord;
  readonly settings: RunSettings;
}

/** The part of a run's settings that sampling needs. */
interface RunSettings {
  readonly latents: LatentOptions;
  readonly batchSize: number;
  readonly movingAverage?: Required<MovingAverageOptions> | null;
  readonly evaluation: { readonly samples: number };
}

/**
 * Loads the generator of a run on the wasm backend. The caller disposes it.
 *
 * @throws DatasetFormatError when the run has saved none
 */
export async function loadRunGenerator(path: string): Promise<RunGenerator> {
  const record = readRecord(path);
  // It lacks gradients of convolutions alone, which sampling does without.
  await activateBackend('wasm');
  registerCustomObjects();
  return {
    generator: await loadModel(generatorFolder(path)),
    record,
    settings: record.options as unknown as RunSettings,
  };
}

export function readRecord(path: string): RunRecord {
  const file = join(path, 'run.json');
  try {
    const record = fromJson(readFileSync(file, 'utf8')) as Partial<RunRecord> | null;
    if (!Array.isArray(record?.samples?.shape) || !existsSync(generatorFolder(path))) {
      throw new Error('the run saved no generator, which it does at its evaluations');
    }
    return record as RunRecord;
  } catch (cause) {
    throw new DatasetFormatError(
      `${path} is no folder of a run that can be sampled: ${(cause as Error).message}; give the folder of a run that was ` +
        'evaluated, or train again',
      file,
      0,
      { cause },
    );
  }
}
