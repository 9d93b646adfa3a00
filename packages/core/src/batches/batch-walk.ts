import { OptionError } from '../errors/index.js';
import type { RandomStream } from '../random/index.js';

/**
 * The random order in which an epoch visits a data set: every index from 0 to `size` - 1 once. It
 * depends on the stream, the size and the epoch's number alone.
 */
export function epochOrder(stream: RandomStream, size: number, epoch: number): Uint32Array {
  return stream.derive(epoch).permutation(size);
}

/**
 * Batches of one constant size that walk through a data set epoch by epoch.
 *
 * Lay the orders of all epochs one after the other: batch n is the positions from n * batchSize to
 * (n + 1) * batchSize - 1 of that endless list. A batch may thus begin in one epoch and end in the next,
 * no sample is left out, and no batch is smaller than the others. Any batch can be asked for at any time,
 * which is how a resumed run goes on where it stopped; asking in order is fast.
 */
export class BatchWalk {
  readonly size: number;
  readonly batchSize: number;
  private readonly stream: RandomStream;
  private order: Uint32Array = new Uint32Array(0);
  private epochOfOrder = -1;

  /**
   * @param stream decides the order; the walk derives from it and never consumes it
   * @param size how many samples the data set has
   * @param batchSize how many indices a batch has; may be larger than `size`
   * @throws OptionError when a number is not a whole number of at least one
   */
  constructor({ stream, size, batchSize }: { stream: RandomStream; size: number; batchSize: number }) {
    assertCount('size', size, 1);
    assertCount('batchSize', batchSize, 1);
    this.stream = stream;
    this.size = size;
    this.batchSize = batchSize;
  }

  /** The indices of batch `n`, counted from 0. */
  indices(n: number): Uint32Array {
    assertCount('n', n, 0);
    const indices = new Uint32Array(this.batchSize);
    const first = n * this.batchSize;
    let epoch = Math.floor(first / this.size);
    let position = first - epoch * this.size;
    let filled = 0;
    while (filled < indices.length) {
      const count = Math.min(indices.length - filled, this.size - position);
      indices.set(this.orderOf(epoch).subarray(position, position + count), filled);
      filled += count;
      position = 0;
      epoch++;
    }
    return indices;
  }

  private orderOf(epoch: number): Uint32Array {
    if (epoch !== this.epochOfOrder) {
      this.order = epochOrder(this.stream, this.size, epoch);
      this.epochOfOrder = epoch;
    }
    return this.order;
  }
}

function assertCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new OptionError(
    `batch walk: ${name} must be a whole number of at least ${least}, got ${value}`,
    name,
    value,
  );
}
