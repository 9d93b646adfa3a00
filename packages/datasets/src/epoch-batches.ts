import { epochOrder, OptionError, type RandomStream } from '@dist-gan/core';

/** How one epoch is cut into batches. */
export interface EpochBatchesOptions {
  /** Decides the order; derived from, not consumed. */
  readonly stream: RandomStream;
  /** How many samples the data set has. */
  readonly size: number;
  readonly batchSize: number;
  /** Which epoch, from 0; each has an order of its own. */
  readonly epoch: number;
  /** What becomes of the samples that fill no whole batch at the end of the epoch. */
  readonly lastPartial: 'keep' | 'drop';
}

/**
 * The batches of one epoch, as indices: every sample at most once, in the order of core's `epochOrder`.
 * For batches that walk on across epochs, as the trainer draws them, see core's `BatchWalk`.
 */
export function* epochBatches(options: EpochBatchesOptions): Generator<Uint32Array, void, undefined> {
  const { stream, size, batchSize, epoch, lastPartial } = options;
  for (const [name, value] of Object.entries({ size, batchSize })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new OptionError(
      `epochBatches: ${name} must be a whole number of at least 1, got ${value}`,
      name,
      value,
    );
  }
  const order = epochOrder(stream, size, epoch);
  const end = lastPartial === 'keep' ? size : size - (size % batchSize);
  for (let start = 0; start < end; start += batchSize) yield order.slice(start, start + batchSize);
}
