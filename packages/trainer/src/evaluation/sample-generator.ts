import { RandomStream, type LatentOptions, type SampleBatch } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { evaluationLatents } from '../inputs/latents.js';
import { applyEagerly } from '../networks/apply-eagerly.js';
import { createSampler, type SamplingOptions } from './sampler.js';

export interface SampleGeneratorOptions extends SamplingOptions {
  readonly latents: LatentOptions;
  /** Of the training: with batch norm, a sample depends on the batch that it is made in. */
  readonly batchSize: number;
  /** Of the run. */
  readonly seed: number;
  readonly count: number;
  /**
   * Batch norm uses its moving averages in place of the statistics of each batch: how most published generators are
   * sampled. Default false: as a run samples.
   */
  readonly inference?: boolean;
}

/**
 * Samples of a trained generator, for instance of one that was saved, on the active TensorFlow.js backend. As many as
 * the run evaluated are those that it evaluated.
 *
 * @param generator maps latents `[batch, dimension]` to samples, its first output
 * @throws the reason of `signal` when it is aborted
 */
export async function sampleGenerator(
  generator: LayersModel,
  { latents, batchSize, seed, count, inference = false, ...options }: SampleGeneratorOptions,
): Promise<SampleBatch> {
  const sample = createSampler({
    what: 'generate: latents',
    apply: (batch) => applyEagerly([generator], batch, { training: !inference }),
    rowLength: latents.dimension,
    batchSize,
    sampleShape: generator.outputs[0].shape.slice(1) as number[],
  });
  return sample(evaluationLatents(latents, count, RandomStream.fromSeed(seed)), options);
}
