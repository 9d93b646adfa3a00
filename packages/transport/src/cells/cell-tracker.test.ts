import { RandomStream } from '@dist-gan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestPlanes, normalPoints } from '../../test/problems.js';
import { sobolPoints } from '../sobol/sobol-points.js';
import { CellTracker } from './cell-tracker.js';
import { compiledEngine } from './compiled-engine.js';
import { plainEngine } from './plain-engine.js';
import type { MakePlaneEngine } from './plane-engine.js';

/** Counts the samples that are looked up. */
function counting(make: MakePlaneEngine): { make: MakePlaneEngine; rows: () => number } {
  let rows = 0;
  return {
    rows: () => rows,
    make: async (planes, highest) => {
      const engine = await make(planes, highest);
      return {
        ...engine,
        find(samples, heights) {
          rows += samples.length / planes.dimension;
          return engine.find(samples, heights);
        },
      };
    },
  };
}

describe('CellTracker', () => {
  it('gives the highest of all planes after every move of the heights', async () => {
    const runs = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      count: fc.integer({ min: 2, max: 90 }),
      dimension: fc.integer({ min: 1, max: 5 }),
      step: fc.constantFrom(0, 0.001, 0.05, 2),
    });
    await fc.assert(
      fc.asyncProperty(runs, async ({ seed, count, dimension, step }) => {
        const points = normalPoints(count, dimension, seed);
        const samples = sobolPoints(dimension, 128, { shift: -0.5 });
        const tracker = new CellTracker({ points, dimension, count }, plainEngine);
        const heights = new Float64Array(count);
        const stream = RandomStream.fromSeed(seed).derive('moves');
        for (let move = 0; move < 6; move++) {
          const rows = move < 3 ? 64 : 128;
          if (move % 3 === 0) tracker.grow(samples.subarray(0, rows * dimension));
          const wanted = highestPlanes({ points, dimension, heights }, samples.subarray(0, rows * dimension));
          expect(Array.from(await tracker.locate(heights))).toEqual(wanted);
          stream.normal(count, { standardDeviation: step }).forEach((value, i) => (heights[i] += value));
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('looks few samples up again while heights move a little', async () => {
    const [count, dimension] = [400, 8];
    const samples = sobolPoints(dimension, 1024, { shift: -0.5 });
    const { make, rows } = counting(plainEngine);
    const tracker = new CellTracker({ points: normalPoints(count, dimension), dimension, count }, make);
    tracker.grow(samples);
    const heights = new Float64Array(count);
    for (let move = 0; move < 20; move++) {
      await tracker.locate(heights);
      for (let i = 0; i < count; i++) heights[i] += 0.002 * Math.sin(i + move);
    }
    expect(rows()).toBeGreaterThanOrEqual(1024);
    expect(rows()).toBeLessThan(4 * 1024);
  });

  it('decides in float64 where float32 cannot tell planes apart', async () => {
    // In float32, heights of 1e8 swallow products: all planes are equally high, and any list is a right answer.
    const [count, dimension] = [64, 2];
    const points = normalPoints(count, dimension);
    const heights = new Float64Array(count).fill(1e8);
    const samples = sobolPoints(dimension, 64, { shift: -0.5 });
    const tracker = new CellTracker({ points, dimension, count }, async (_, highest) => ({
      id: 'all are equally high',
      find: async (asked) =>
        Int32Array.from({ length: (asked.length / dimension) * highest }, (_, i) => i % highest),
      dispose() {},
    }));
    tracker.grow(samples);
    expect(Array.from(await tracker.locate(heights))).toEqual(
      highestPlanes({ points, dimension, heights }, samples),
    );
  });

  it.each([1e-42, 1e39])('decides in float64 where float32 has no numbers for planes: %j', async (scale) => {
    const [count, dimension] = [64, 2];
    const points = normalPoints(count, dimension).map((value) => scale * value);
    const heights = new Float64Array(count);
    const samples = sobolPoints(dimension, 64, { shift: -0.5 });
    // As hardware does that takes the smallest numbers for 0: a list in the order of what is left of the planes in float32.
    const float32 = (value: number) => (Math.abs(value) < 2 ** -126 ? 0 : Math.fround(value));
    const tracker = new CellTracker({ points, dimension, count }, async (planes, highest) => ({
      id: 'float32',
      find: async (asked) => {
        const rows = Array.from({ length: asked.length / dimension }, (_, row) => {
          const values = Array.from({ length: count }, (_, i) =>
            float32(
              float32(asked[2 * row] * float32(planes.points[2 * i])) +
                float32(asked[2 * row + 1] * float32(planes.points[2 * i + 1])),
            ),
          );
          const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
          return order.slice(0, highest);
        });
        return Int32Array.from(rows.flat());
      },
      dispose() {},
    }));
    tracker.grow(samples);
    expect(Array.from(await tracker.locate(heights))).toEqual(
      highestPlanes({ points, dimension, heights }, samples),
    );
  });

  it('gives the same cells compiled as plain', async () => {
    const [count, dimension] = [700, 24];
    const planes = { points: normalPoints(count, dimension), dimension, count };
    const samples = sobolPoints(dimension, 600, { shift: -0.5 });
    const heights = Float64Array.from(RandomStream.fromSeed(2).normal(count));
    const cells = await Promise.all(
      [plainEngine, compiledEngine({ threads: 1 })].map(async (make) => {
        const tracker = new CellTracker(planes, make);
        tracker.grow(samples);
        const found = Array.from(await tracker.locate(heights));
        tracker.dispose();
        return found;
      }),
    );
    expect(cells[1]).toEqual(cells[0]);
  });
});
