import { OptionError } from '@dist-gan/core';
import type { ImageSource } from '@dist-gan/metrics/extractors';
import { quantizeImages } from '@dist-gan/metrics/images';
import type { SamplingOptions } from '@dist-gan/trainer';
import { openGenerator } from './generator-source.js';
import type { OutsideFlags } from './outside-generator.js';

/** As many as a comparison with 10,000 images needs, where nothing else is said. */
const defaultCount = 10_000;

export interface GeneratedImagesOptions extends SamplingOptions {
  /** Default: as many as the run evaluated, which are then the same; 10,000 of a generator from outside. */
  readonly count?: number | undefined;
  /** Of weights from outside: which network they are for, and the file of their mapping. */
  readonly outside?: OutsideFlags | undefined;
  /** What relative paths begin at. Default: that of the process. */
  readonly workingDirectory?: string;
}

/**
 * Images of a generator: a set for `evaluate` of `@dist-gan/metrics/evaluate`. Those of a run come from the latents of its own
 * evaluations.
 *
 * @param path the folder of a run, a checkpoint in it, or, with `outside`, a safetensors file
 * @throws DatasetFormatError, CheckpointError when it cannot be read, OptionError when it makes no images
 */
export async function generatedImages(
  path: string,
  { count, outside, workingDirectory = process.cwd(), ...options }: GeneratedImagesOptions = {},
): Promise<ImageSource> {
  const generator = await openGenerator(path, outside, { workingDirectory });
  try {
    const { sampleShape, range, evaluated = defaultCount } = generator;
    if (sampleShape.length !== 3) {
      throw new OptionError(
        `${path}: its samples are no images but of shape [${sampleShape.join(', ')}]; the metrics of a run are in its result.json`,
        'generated',
        path,
      );
    }
    const images = quantizeImages(await generator.sample({ ...options, count: count ?? evaluated }), range);
    return {
      size: images.count,
      async *batches() {
        yield images;
      },
    };
  } finally {
    generator.network.dispose();
  }
}
