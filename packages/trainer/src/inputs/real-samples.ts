import {
  BatchWalk,
  type Dataset,
  type RandomStream,
  type SampleBatch,
  type SampleData,
} from '@dist-gan/core';
import type { DrawRow } from './input-layout.js';

/** Steps whose samples are asked for before they are needed, of a data set that has to fetch them. */
const stepsAhead = 2;

/**
 * Reads the real samples of a step: draws of `step` walk through the data set in one random order, draws of
 * `repeat` in another, both in batches of one size that cross the borders of epochs.
 *
 * A data set that gives promises (it decodes pictures in other threads) is asked for the next steps' samples, too, so
 * that it works on them while a step is computed. One that has its samples in memory is asked when they are needed.
 */
export class RealSamples {
  private readonly stepWalk: BatchWalk;
  private readonly repeatWalk: BatchWalk;
  private readonly repeatDraws: number;
  private readonly toFloat: (data: SampleData) => Float32Array;
  /** Samples that were asked for ahead, by step. */
  private readonly ahead = new Map<number, Promise<SampleData>>();

  /** @param steps of the whole run: nothing is asked for beyond */
  constructor(
    private readonly dataset: Dataset,
    private readonly rows: readonly DrawRow[],
    private readonly batchSize: number,
    private readonly steps: number,
    stream: RandomStream,
  ) {
    const { size } = dataset;
    this.stepWalk = new BatchWalk({ stream: stream.derive('step'), size, batchSize });
    this.repeatWalk = new BatchWalk({ stream: stream.derive('repeat'), size, batchSize });
    this.repeatDraws = rows.filter(({ draw }) => draw === 'repeat').length;
    this.toFloat = floatConversion(dataset.range);
  }

  /** All draws of step `step` (counted from 0), row after row, as the networks see them. */
  async at(step: number): Promise<Float32Array> {
    const samples = this.ahead.get(step) ?? this.dataset.batch(this.indices(step));
    this.ahead.delete(step);
    if (samples instanceof Promise) this.askAhead(step);
    return this.toFloat(await samples);
  }

  private askAhead(step: number): void {
    const end = Math.min(step + stepsAhead, this.steps - 1);
    for (let next = step + 1; next <= end; next++) {
      if (this.ahead.has(next)) continue;
      const samples = Promise.resolve(this.dataset.batch(this.indices(next)));
      // A failure belongs to the step that needs these samples; until then, and if it never comes, nobody hears of it.
      samples.catch(() => {});
      this.ahead.set(next, samples);
    }
  }

  /** The numbers of the samples of step `step`, row after row. */
  indices(step: number): Uint32Array {
    const indices = new Uint32Array(this.rows.length * this.batchSize);
    let repeatBatch = step * this.repeatDraws;
    this.rows.forEach(({ draw }, row) => {
      const batch = draw === 'step' ? this.stepWalk.indices(step) : this.repeatWalk.indices(repeatBatch++);
      indices.set(batch, row * this.batchSize);
    });
    return indices;
  }
}

/** `count` samples of a data set, chosen at random, each once while there are enough; as the networks see them. */
export async function readRealSamples(
  dataset: Dataset,
  count: number,
  stream: RandomStream,
): Promise<SampleBatch> {
  const { size, sampleShape, range } = dataset;
  const indices = new BatchWalk({ stream, size, batchSize: count }).indices(0);
  return { data: floatConversion(range)(await dataset.batch(indices)), count, sampleShape };
}

/** Float data is in the networks' range already; a byte `b` stands for `low + (high - low) * b / 255`. */
export function floatConversion([low, high]: Dataset['range']): (data: SampleData) => Float32Array {
  const ofByte = Float32Array.from({ length: 256 }, (_, byte) => low + ((high - low) * byte) / 255);
  return (data) => {
    if (data instanceof Float32Array) return data;
    const values = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) values[i] = ofByte[data[i]];
    return values;
  };
}
