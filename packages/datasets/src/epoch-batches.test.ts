import { RandomStream } from '@dist-gan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochBatches } from './epoch-batches.js';

const stream = RandomStream.fromSeed(1);
const numbers = fc.record({
  size: fc.integer({ min: 1, max: 60 }),
  batchSize: fc.integer({ min: 1, max: 70 }),
  epoch: fc.integer({ min: 0, max: 9 }),
});

describe('epochBatches', () => {
  it('visits every sample once, the last batch being what is left', () => {
    const property = fc.property(numbers, (options) => {
      const batches = [...epochBatches({ stream, ...options, lastPartial: 'keep' })];
      const visited = batches.flatMap((batch) => [...batch]);
      expect(visited.sort((a, b) => a - b)).toEqual(Array.from({ length: options.size }, (_, i) => i));
      for (const batch of batches.slice(0, -1)) expect(batch.length).toBe(options.batchSize);
      expect(batches.length).toBe(Math.ceil(options.size / options.batchSize));
    });
    fc.assert(property);
  });

  it('drops the last batch when it is not whole and this is asked for', () => {
    const property = fc.property(numbers, (options) => {
      const kept = [...epochBatches({ stream, ...options, lastPartial: 'keep' })];
      const dropped = [...epochBatches({ stream, ...options, lastPartial: 'drop' })];
      expect(dropped).toEqual(kept.filter((batch) => batch.length === options.batchSize));
    });
    fc.assert(property);
  });

  it('refuses sizes that are no counts', () => {
    const options = { stream, size: 10, batchSize: 0, epoch: 0, lastPartial: 'keep' as const };
    expect(() => [...epochBatches(options)]).toThrow('batchSize must be a whole number of at least 1, got 0');
    expect(() => [...epochBatches({ ...options, size: NaN, batchSize: 1 })]).toThrow('size must be');
  });
});
