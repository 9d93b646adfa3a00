import { describe, expect, it } from 'vitest';
import { RandomStream } from '../random/index.js';
import { BatchWalk, epochOrder } from './batch-walk.js';

const stream = RandomStream.fromSeed(7).derive('data-order');
const sizes = [
  { size: 1, batchSize: 1 },
  { size: 1, batchSize: 3 },
  { size: 7, batchSize: 1 },
  { size: 12, batchSize: 4 },
  { size: 13, batchSize: 5 },
  { size: 5, batchSize: 13 },
  { size: 40, batchSize: 39 },
];

describe('BatchWalk', () => {
  it.each(sizes)(
    'lays the epochs one after the other: $size samples by $batchSize',
    ({ size, batchSize }) => {
      const walk = new BatchWalk({ stream, size, batchSize });
      // size batches are batchSize whole epochs.
      const walked = Array.from({ length: size }, (_, n) => [...walk.indices(n)]).flat();
      const epochs = Array.from({ length: batchSize }, (_, epoch) => [...epochOrder(stream, size, epoch)]);
      expect(walked).toEqual(epochs.flat());
    },
  );

  it.each(sizes)('gives a batch the same whenever it is asked for: $size by $batchSize', (options) => {
    const walk = new BatchWalk({ stream, ...options });
    const inOrder = Array.from({ length: 30 }, (_, n) => walk.indices(n));
    const later = new BatchWalk({ stream, ...options });
    for (const n of [17, 3, 29, 0, 4, 4, 16]) expect(later.indices(n)).toEqual(inOrder[n]);
  });

  it('visits every index once an epoch, in another order each epoch', () => {
    const walk = new BatchWalk({ stream, size: 100, batchSize: 100 });
    const [first, second] = [walk.indices(0), walk.indices(1)];
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...second].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(first).not.toEqual(second);
  });

  it('puts each index at the front equally often', () => {
    const counts = new Array<number>(5).fill(0);
    const walk = new BatchWalk({ stream, size: 5, batchSize: 5 });
    for (let n = 0; n < 5000; n++) counts[walk.indices(n)[0]]++;
    // Binomial(5000, 1/5) has standard deviation 28.3; five of them.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(142);
  });

  it('refuses sizes and batch numbers that are no counts', () => {
    expect(() => new BatchWalk({ stream, size: 10, batchSize: 0 })).toThrow(
      'batch walk: batchSize must be a whole number of at least 1, got 0',
    );
    expect(() => new BatchWalk({ stream, size: 0, batchSize: 1 })).toThrow('size must be');
    expect(() => new BatchWalk({ stream, size: 10, batchSize: 1 }).indices(-1)).toThrow('n must be');
  });
});
