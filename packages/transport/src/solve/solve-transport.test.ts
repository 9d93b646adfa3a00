import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { agreement, gridOf, normalPoints, problems, sharesOf } from '../../test/problems.js';
import { locateSamples } from '../cells/locate-samples.js';
import { compiledEngine } from '../cells/compiled-engine.js';
import { plainEngine } from '../cells/plain-engine.js';
import type { TransportOptions } from './options.js';
import { solveTransport } from './solve-transport.js';
import type { TransportProgress } from './transport-progress.js';

const points = normalPoints(40, 3);
const options: TransportOptions = { points, dimension: 3, samples: 1024 };

describe('solveTransport', () => {
  it('divides the square between two points by their bisector', async () => {
    const { potential, outcome } = await solveTransport({
      points: [-1, 0.5, 2, 0.5],
      dimension: 2,
      tolerance: 1e-3,
    });
    expect(outcome).toBe('converged');
    // <x, y_1 - y_0> + h_1 - h_0 is 0 in the middle of the square.
    expect(Math.abs(potential.heights[1] - potential.heights[0])).toBeLessThan(3 * 1e-3);
  });

  it('divides the cube between a grid of points into equal cubes', async () => {
    const grid = gridOf({ dimension: 3, side: 3 });
    const { potential, outcome } = await solveTransport({ points: grid, dimension: 3, tolerance: 1e-3 });
    expect(outcome).toBe('converged');
    // The middles of the 27 cubes and places near their corners.
    const samples = grid.map((value, i) => value + [0, 0.15, -0.15][Math.floor(i / 3) % 3]);
    expect(Array.from(await locateSamples(potential, samples))).toEqual(
      Array.from({ length: 27 }, (_, i) => i),
    );
  });

  it('divides the interval at the sums of masses, in the order of the points', async () => {
    const { potential } = await solveTransport({
      points: [3, -1, 0.5, 10],
      masses: [1, 2, 3, 4],
      dimension: 1,
      samples: 2 ** 14,
      tolerance: 2e-4,
    });
    const samples = Float32Array.of(-0.49, -0.31, -0.29, -0.01, 0.01, 0.09, 0.11, 0.49);
    expect(Array.from(await locateSamples(potential, samples))).toEqual([1, 1, 2, 2, 0, 0, 3, 3]);
  });

  it('gives every cell its mass, counted on fresh random points', async () => {
    const masses = Float64Array.from({ length: 40 }, (_, i) => 1 + (i % 3));
    const { potential, progress, outcome } = await solveTransport({ ...options, masses });
    expect(outcome).toBe('converged');
    expect(progress!.gradientNorm).toBeLessThan(2e-3);
    const count = 200_000;
    const fresh = RandomStream.fromSeed(9).uniform(3 * count, { low: -0.5, high: 0.5 });
    const shares = sharesOf(await locateSamples(potential, fresh, compiledEngine({ threads: 1 })), 40);
    const norm = Math.hypot(...shares.map((share, i) => share - potential.masses[i]));
    // The tolerance, what Sobol points of the last count leave open, and the deviation of the fresh points, sqrt(1 / count).
    expect(norm).toBeLessThan(2e-3 + 3e-3 + 2 / Math.sqrt(count));
  });

  it.each(problems)(
    'agrees with a linear programme in $dimension dimensions, $side squares a side',
    async (problem) => {
      const { dimension, masses, cells, side } = problem;
      const solved = await solveTransport({
        points: problem.points,
        dimension,
        masses,
        tolerance: 1e-3,
        samples: 2 ** 14,
      });
      const found = await locateSamples(solved.potential, gridOf(problem));
      // Squares on a border may go either way: about side^(dimension - 1) for each of the borders.
      expect(agreement(found, cells)).toBeGreaterThan(1 - (2 * masses.length) / side / 2);
    },
  );

  it('doubles the samples when they no longer help, and then stalls', async () => {
    const seen: TransportProgress[] = [];
    const result = await solveTransport({
      ...options,
      tolerance: 1e-9,
      samples: 256,
      maximumSamples: 1024,
      patience: 5,
      onProgress: (progress) => void seen.push(progress),
    });
    expect(result.outcome).toBe('stalled');
    expect([...new Set(seen.map(({ samples }) => samples))]).toEqual([256, 512, 1024]);
    expect(seen.map(({ step }) => step)).toEqual(seen.map((_, i) => i));
    expect(result.progress).toEqual(seen.at(-1));
  });

  it('begins with no more samples than it may have', async () => {
    const { state, outcome } = await solveTransport({
      points,
      dimension: 3,
      maximumSamples: 512,
      maximumSteps: 1,
    });
    expect([state.samples, outcome]).toEqual([512, 'steps']);
  });

  it('goes on from a state to the same numbers, bit for bit', async () => {
    const whole = await solveTransport({ ...options, tolerance: 1e-9, maximumSteps: 90, patience: 2 });
    const begun = await solveTransport({ ...options, tolerance: 1e-9, maximumSteps: 37, patience: 2 });
    expect(begun.state.step).toBe(37);
    const kept = structuredClone(begun.state);
    const resumed = await solveTransport({
      ...options,
      tolerance: 1e-9,
      maximumSteps: 90,
      patience: 2,
      state: begun.state,
      engine: plainEngine,
    });
    expect(resumed.state).toEqual(whole.state);
    expect(resumed.state.samples).toBeGreaterThan(1024);
    expect(begun.state).toEqual(kept);
  });

  it('gives the same numbers compiled as plain', async () => {
    const results = await Promise.all(
      [plainEngine, compiledEngine({ threads: 1 })].map((engine) =>
        solveTransport({ ...options, tolerance: 1e-9, maximumSteps: 25, engine }),
      ),
    );
    expect(results[1].state).toEqual(results[0].state);
  });

  it('ends at the step before an abort, with the state to go on from', async () => {
    const controller = new AbortController();
    const result = await solveTransport({
      ...options,
      signal: controller.signal,
      onProgress: ({ step }) => void (step === 4 && controller.abort()),
    });
    expect(result).toMatchObject({ outcome: 'aborted', state: { step: 5 }, progress: { step: 4 } });
    const before = await solveTransport({ ...options, signal: AbortSignal.abort() });
    expect(before).toMatchObject({ outcome: 'aborted', state: { step: 0 } });
    expect(before.progress).toBeUndefined();
  });

  it('lets an error of a callback through', async () => {
    const broken = () => {
      throw new Error('the disk is full');
    };
    await expect(solveTransport({ ...options, onProgress: broken })).rejects.toThrow('the disk is full');
  });

  describe('refuses', () => {
    it.each<[string, Partial<TransportOptions>, string, string]>([
      [
        'equal points',
        { points: [0, 0, 1, 1, 2, 2, 1, 1], dimension: 2 },
        'OPTION_INVALID',
        'solveTransport.points: points 1 and 3 are equal; keep one of each',
      ],
      [
        'fewer points than dimensions',
        { points: [1, 2, 3, 4, 5, 6], dimension: 3 },
        'SHAPE_MISMATCH',
        'solveTransport: 2 points in 3 dimensions; give at least 3',
      ],
      [
        'one point',
        { points: [1], dimension: 1 },
        'SHAPE_MISMATCH',
        'solveTransport: 1 point in 1 dimensions',
      ],
      [
        'no whole rows',
        { points: [1, 2, 3], dimension: 2 },
        'SHAPE_MISMATCH',
        'must be whole rows of 2 numbers, got 3',
      ],
      ['NaN', { points: [1, 2, NaN, 4], dimension: 2 }, 'VALUE_NON_FINITE', 'coordinate 0 of point 1 is NaN'],
      [
        'an infinite coordinate',
        { points: [1, -Infinity], dimension: 1 },
        'VALUE_NON_FINITE',
        'of point 1 is -Infinity',
      ],
      [
        'half a dimension',
        { dimension: 0.5 },
        'OPTION_INVALID',
        'solveTransport.dimension: must be a whole number',
      ],
      ['too few masses', { masses: [1] }, 'SHAPE_MISMATCH', 'got 1 masses for 40 points'],
      [
        'a mass of 0',
        { masses: new Float64Array(40) },
        'OPTION_INVALID',
        'mass 0 must be above 0 and finite (got 0)',
      ],
      [
        'points that are none',
        { points: 'abc' as never },
        'OPTION_INVALID',
        'solveTransport.points: must be an array',
      ],
      ['an unknown option', { toleranse: 1 } as never, 'OPTION_INVALID', 'did you mean tolerance?'],
      [
        'a negative rate',
        { learningRate: -1 },
        'OPTION_INVALID',
        'solveTransport.learningRate: must be above 0',
      ],
      [
        'too many samples',
        { samples: 512, maximumSamples: 256 },
        'OPTION_INVALID',
        'must be at most maximumSamples, 256',
      ],
    ])('%s', async (_, changes, code, message) => {
      const refused = expect(solveTransport({ ...options, ...changes })).rejects;
      await refused.toMatchObject({ code, message: expect.stringContaining(message) as string });
    });

    it('a state that is none, or of other points', async () => {
      const { state } = await solveTransport({ ...options, maximumSteps: 1 });
      await expect(solveTransport({ ...options, state: null as never })).rejects.toThrow('must be a state');
      await expect(
        solveTransport({ ...options, state: { ...state, learningRate: NaN } }),
      ).rejects.toMatchObject({ code: 'VALUE_NON_FINITE' });
      await expect(solveTransport({ points: normalPoints(41, 3), dimension: 3, state })).rejects.toThrow(
        'heights has 40 numbers, but there are 41 points',
      );
    });
  });
});
