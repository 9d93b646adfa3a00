import {
  ShapeError,
  type JsonObject,
  type Metric,
  type MetricResult,
  type SampleBatch,
} from '@dist-gan/core';
import { checkSamples, needSamples } from './samples.js';

/**
 * A metric that needs all samples together: it keeps them, 4 bytes a number, and measures when results are asked for.
 */
export class CollectedSamples implements Metric {
  readonly protocol: JsonObject;
  private readonly batches: SampleBatch[] = [];
  private count = 0;

  /**
   * @param options resolved ones, for the protocol
   * @param measure measures all samples that were seen
   */
  constructor(
    readonly id: string,
    options: JsonObject,
    private readonly measure: (samples: SampleBatch) => Promise<readonly MetricResult[]>,
  ) {
    this.protocol = { metric: id, ...options };
  }

  /** @throws ShapeError, NonFiniteError; then nothing of the batch is kept */
  update(samples: SampleBatch): void {
    checkSamples(this.id, samples);
    const [first] = this.batches;
    if (first !== undefined && first.sampleShape.join() !== samples.sampleShape.join()) {
      throw new ShapeError(
        `${this.id}: samples must have the shape of the ones before, [${first.sampleShape.join(', ')}], got ` +
          `[${samples.sampleShape.join(', ')}]`,
        'sampleShape',
        samples.sampleShape,
        `[${first.sampleShape.join(', ')}]`,
      );
    }
    if (samples.count === 0) return;
    this.batches.push({ ...samples, data: samples.data.slice() });
    this.count += samples.count;
  }

  async results(): Promise<readonly MetricResult[]> {
    needSamples(this.id, this.count);
    const { sampleShape } = this.batches[0];
    const data = new Float32Array(this.batches.reduce((sum, batch) => sum + batch.data.length, 0));
    let at = 0;
    for (const batch of this.batches) {
      data.set(batch.data, at);
      at += batch.data.length;
    }
    return this.measure({ data, count: this.count, sampleShape });
  }
}
