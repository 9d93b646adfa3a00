import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerCustomObjects } from '@dist-gan/architectures';
import { DatasetFormatError, fromJson, OptionError, type LatentOptions } from '@dist-gan/core';
import type { ImageSource } from '@dist-gan/metrics/extractors';
import { quantizeImages } from '@dist-gan/metrics/images';
import { sampleGenerator, type SampleGeneratorOptions } from '@dist-gan/trainer';
import { activateBackend } from '../engine/index.js';
import { generatorFolder, loadModel, type RunRecord } from '../run-folder/index.js';

/** Whether a folder is that of a run of `dist-gan train`. */
export function isRunFolder(path: string): boolean {
  return existsSync(join(path, 'run.json'));
}

/**
 * Images of the generator that a run saved, from the latents of the run's own evaluations: a set for `evaluate` of
 * `@dist-gan/metrics/evaluate`.
 *
 * @param count default: as many as the run evaluated, which are then the same
 * @throws DatasetFormatError when the run has saved no generator, OptionError when it makes no images
 */
export async function runSamples(
  path: string,
  {
    count,
    ...options
  }: Pick<SampleGeneratorOptions, 'onProgress' | 'signal'> & { readonly count?: number | undefined } = {},
): Promise<ImageSource> {
  const { seed, samples, options: settings } = readRecord(path);
  if (samples.shape.length !== 3) {
    throw new OptionError(
      `${path} is a run whose samples are no images but of shape [${samples.shape.join(', ')}]; its own metrics are in ` +
        'result.json',
      'generated',
      path,
    );
  }
  // It lacks gradients of convolutions alone, which sampling does without.
  await activateBackend('wasm');
  registerCustomObjects();
  const generator = await loadModel(generatorFolder(path));
  try {
    const { latents, batchSize, evaluation } = settings as unknown as RunSettings;
    const made = await sampleGenerator(generator, {
      ...options,
      latents,
      batchSize,
      seed,
      count: count ?? evaluation.samples,
    });
    const images = quantizeImages(made, samples.range);
    return {
      size: images.count,
      async *batches() {
        yield images;
      },
    };
  } finally {
    generator.dispose();
  }
}

/** The part of a run's settings that sampling needs. */
interface RunSettings {
  readonly latents: LatentOptions;
  readonly batchSize: number;
  readonly evaluation: { readonly samples: number };
}

function readRecord(path: string): RunRecord {
  const file = join(path, 'run.json');
  try {
    const record = fromJson(readFileSync(file, 'utf8')) as Partial<RunRecord>;
    if (record.samples === undefined || !existsSync(generatorFolder(path))) {
      throw new Error('the run saved no generator, which it does at its evaluations');
    }
    return record as RunRecord;
  } catch (cause) {
    throw new DatasetFormatError(
      `${path} is the folder of a run that cannot be sampled: ${(cause as Error).message}; train again, or give a folder of pictures`,
      file,
      0,
      { cause },
    );
  }
}
