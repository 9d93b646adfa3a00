import { RandomStream, type LatentOptions, type SampleBatch } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { evaluationLatents } from '../inputs/latents.js';
import { applyEagerly, rowShape } from '../networks/apply-eagerly.js';
import { classesOf, classInTurn, withClasses } from '../networks/classes.js';
import { createSampler, type SamplingOptions } from './sampler.js';

export interface SampleGeneratorOptions extends SamplingOptions {
  readonly latents: LatentOptions;
  /** Of the training: with batch norm, a sample depends on the batch that it is made in. */
  readonly batchSize: number;
  /** Of the run. */
  readonly seed: number;
  readonly count: number;
  /** Of a generator that is conditioned on a class: the classes that are sampled, in turn. Default all. */
  readonly labels?: readonly number[];
  /**
   * Batch norm uses its moving averages in place of the statistics of each batch: how most published generators are
   * sampled. Default false: as a run samples.
   */
  readonly inference?: boolean;
}

export interface RunNetworksOptions extends SamplingOptions {
  /** What messages call the rows. Default `rows`. */
  readonly what?: string;
  /** Of the training: with batch norm, a row depends on the batch that it is in. */
  readonly batchSize: number;
  /** Batch norm uses its moving averages in place of the statistics of each batch. Default false. */
  readonly inference?: boolean;
}

/**
 * Rows through trained networks, one network after the other, on the active TensorFlow.js backend: latents through a
 * generator, or samples through an encoder and the generator, which reconstructs them.
 *
 * @param rows `[count, ...]`, row-major: what the first network takes; where one of them is conditioned on a class, with the
 *   class of each row behind it, one-hot: {@link withClasses}
 * @returns the first output of the last network
 * @throws ShapeError when the numbers are no whole rows; the reason of `signal` when it is aborted
 */
export function runNetworks(
  networks: readonly [LayersModel, ...LayersModel[]],
  rows: Float32Array,
  { what = 'rows', batchSize, inference = false, ...options }: RunNetworksOptions,
): Promise<SampleBatch> {
  const sample = createSampler({
    what,
    apply: (batch) => applyEagerly(networks, batch, { training: !inference }),
    rowLength: rowShape(networks).reduce((product, size) => product * size, 1),
    batchSize,
    sampleShape: networks.at(-1)!.outputs[0].shape.slice(1) as number[],
  });
  return sample(rows, options);
}

/**
 * Samples of a trained generator, for instance of one that was saved, on the active TensorFlow.js backend. As many as
 * the run evaluated are those that it evaluated. One that is conditioned on a class makes samples of its classes in turn.
 *
 * @param generator maps latents `[batch, dimension]` to samples, its first output
 * @throws OptionError when a label is none of its classes; the reason of `signal` when it is aborted
 */
export async function sampleGenerator(
  generator: LayersModel,
  { latents, seed, count, labels, ...options }: SampleGeneratorOptions,
): Promise<SampleBatch> {
  const classes = classesOf(generator);
  const classOf = labels && classInTurn(labels, classes);
  const drawn = evaluationLatents(latents, count, RandomStream.fromSeed(seed));
  const rows = withClasses(drawn, {
    dimension: latents.dimension,
    classes,
    ...(classOf !== undefined && { classOf }),
  });
  return runNetworks([generator], rows, { what: 'generate: latents', ...options });
}
