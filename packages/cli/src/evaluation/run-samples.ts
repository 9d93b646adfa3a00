import { OptionError } from '@dist-gan/core';
import type { ImageSource } from '@dist-gan/metrics/extractors';
import { quantizeImages } from '@dist-gan/metrics/images';
import { sampleGenerator, type SampleGeneratorOptions } from '@dist-gan/trainer';
import { loadRunNetwork, openRunPath } from './run-network.js';

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
  const opened = openRunPath(path);
  const { samples, seed } = opened.record;
  if (samples.shape.length !== 3) {
    throw new OptionError(
      `${path} is a run whose samples are no images but of shape [${samples.shape.join(', ')}]; its own metrics are in ` +
        'result.json',
      'generated',
      path,
    );
  }
  const { network } = await loadRunNetwork(opened);
  try {
    const { latents, batchSize, evaluation } = opened.settings;
    const made = await sampleGenerator(network, {
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
    network.dispose();
  }
}
