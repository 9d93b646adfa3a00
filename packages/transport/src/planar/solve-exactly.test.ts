import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactAreas } from '../../test/exact-areas.js';
import { agreement, gridOf, highestPlanes, normalPoints, problems } from '../../test/problems.js';
import { sobolPoints } from '../sobol/sobol-points.js';
import type { NewtonProgress } from './newton.js';
import { areaOf, planarCells, sideLengths } from './power-diagram.js';
import { solveTransportExactly } from './solve-exactly.js';

describe('solveTransportExactly', () => {
  it('divides the square between two points by a line at a right angle to the one through them', async () => {
    const { potential } = await solveTransportExactly({ points: [0, 0, 3, 1], masses: [1, 1], dimension: 2 });
    const [cell] = planarCells(potential);
    // 3 x + y = 0, from (-1/6, 1/2) to (1/6, -1/2).
    const side = cell.neighbours.indexOf(1);
    const corner = (k: number) => [cell.corners[2 * (k % 4)], cell.corners[2 * (k % 4) + 1]];
    const [a, b] = [corner(side), corner(side + 1)].map(([x, y]) => [x, y].map((value) => value * 6));
    expect(a[0]).toBeCloseTo(1, 12);
    expect(a[1]).toBeCloseTo(-3, 12);
    expect(b[0]).toBeCloseTo(-1, 12);
    expect(b[1]).toBeCloseTo(3, 12);
  });

  it('divides the square between a grid into equal squares', async () => {
    const points = gridOf({ dimension: 2, side: 4 }).map((value) => 7 * value + 2);
    const { potential, converged } = await solveTransportExactly({ points, dimension: 2 });
    expect(converged).toBe(true);
    for (const cell of planarCells(potential)) {
      expect(areaOf(cell)).toBeCloseTo(1 / 16, 12);
      for (const length of sideLengths(cell))
        expect(Math.min(length, Math.abs(length - 0.25))).toBeLessThan(1e-6);
    }
  });

  it('divides the interval at the sums of masses', async () => {
    const { potential } = await solveTransportExactly({
      points: [3, -1, 0.5, 10],
      masses: [1, 2, 3, 4],
      dimension: 1,
    });
    // Borders at -0.3, 0 and 0.1, between points 1, 2, 0, 3.
    const [h0, h1, h2, h3] = potential.heights;
    expect((h1 - h2) / 1.5).toBeCloseTo(-0.3, 12);
    expect((h2 - h0) / 2.5).toBeCloseTo(0, 12);
    expect((h0 - h3) / 7).toBeCloseTo(0.1, 12);
    expect(h0 + h1 + h2 + h3).toBeCloseTo(0, 12);
  });

  it('divides by shares, however large masses are, and refuses what is no share', async () => {
    const points = [0, 0, 3, 1];
    const ofHuge = await solveTransportExactly({ points, masses: [1.5e308, 0.5e308], dimension: 2 });
    expect(Array.from(ofHuge.potential.masses)).toEqual([0.75, 0.25]);
    await expect(solveTransportExactly({ points, masses: [1e-300, 1e300], dimension: 2 })).rejects.toThrow(
      /masses: mass 0, 1e-300, is no share of the whole beside 1e\+300; leave its point out/,
    );
  });

  it('gives every cell its mass, for any points and masses', async () => {
    const problem = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      count: fc.integer({ min: 2, max: 40 }),
      scale: fc.constantFrom(1e-3, 1, 1e3),
    });
    await fc.assert(
      fc.asyncProperty(problem, async ({ seed, count, scale }) => {
        const points = normalPoints(count, 2, seed).map((value, i) => scale * (value + (i % 2) * 5));
        const masses = normalPoints(count, 1, seed + 1).map((value) => 0.3 + Math.abs(value));
        const { potential, gradientNorm } = await solveTransportExactly({ points, dimension: 2, masses });
        expect(gradientNorm).toBeLessThan(1e-10);
        planarCells(potential).forEach((cell, i) => expect(areaOf(cell)).toBeCloseTo(potential.masses[i], 9));
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('comes as near as heights in float64 can where points are near one another, and says how near', async () => {
    const problem = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      groups: fc.integer({ min: 1, max: 4 }),
      each: fc.integer({ min: 2, max: 4 }),
      /** Of the distance within a group. */
      exponent: fc.integer({ min: -12, max: -2 }),
      offset: fc.constantFrom(0, 1, 1000),
    });
    await fc.assert(
      fc.asyncProperty(problem, async ({ seed, groups, each, exponent, offset }) => {
        const [centres, within] = [normalPoints(groups, 2, seed), normalPoints(groups * each, 2, seed + 1)];
        const points = within.map(
          (value, i) => offset + centres[2 * Math.floor(i / (2 * each)) + (i % 2)] + 10 ** exponent * value,
        );
        const least = leastDistance(points);
        fc.pre(least > 0);
        const { potential, gradientNorm, converged } = await solveTransportExactly({ points, dimension: 2 });
        const errors = exactAreas(potential).map((area, i) => area - potential.masses[i]);
        expect(Math.abs(gradientNorm - Math.hypot(...errors))).toBeLessThan(1e-14);
        const rounding = 2 ** -53 * Math.max(...potential.heights.map(Math.abs));
        expect(gradientNorm).toBeLessThan(1e-12 + (10 * rounding) / least);
        expect(converged).toBe(gradientNorm <= 1e-12);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('finds cells that are thinner than rounding where it begins', async () => {
    // The cell of the first point is 5e-10 wide then, and rounding 1e-8.
    const { potential, gradientNorm } = await solveTransportExactly({
      points: [0, 0, 1, 0, 0, 1, 1e-9, 0],
      dimension: 2,
    });
    expect(gradientNorm).toBeLessThan(1e-7);
    for (const area of exactAreas(potential)) expect(area).toBeCloseTo(1 / 4, 7);
  });

  it.each([2 ** -1000, 2 ** 1000])('is the same for points times %d, but for that factor', async (factor) => {
    const points = normalPoints(20, 2);
    const { heights } = (await solveTransportExactly({ points, dimension: 2 })).potential;
    const scaled = await solveTransportExactly({
      points: points.map((value) => factor * value),
      dimension: 2,
    });
    expect(scaled.converged).toBe(true);
    expect(scaled.potential.heights).toEqual(heights.map((height) => factor * height));
  });

  it.each([1, 1e-9, 1e-13, 1e-15])('says how near it comes on the line, of points %d apart', async (near) => {
    const line = [0, 9, -2, 1, 1 + near, 1 + 2 * near, -1];
    const { potential, gradientNorm, converged } = await solveTransportExactly({
      points: line,
      dimension: 1,
    });
    const points = line.flatMap((value) => [value, 0]);
    const errors = exactAreas({ points, heights: potential.heights }).map((area) => area - 1 / line.length);
    expect(Math.abs(gradientNorm - Math.hypot(...errors))).toBeLessThan(1e-14);
    expect(gradientNorm).toBeLessThan(1e-15 / near);
    expect(converged).toBe(near === 1);
  });

  it.each(problems.filter(({ dimension }) => dimension < 3))(
    'agrees with a linear programme in $dimension dimensions, $side squares a side',
    async (problem) => {
      const { dimension, masses, cells, side, points, cost } = problem;
      const { potential } = await solveTransportExactly({ points, dimension: dimension as 1 | 2, masses });
      const grid = gridOf(problem);
      const found = highestPlanes(potential, grid);
      expect(agreement(found, cells)).toBeGreaterThan(1 - masses.length / side);
      const mean = found.reduce((sum, cell, row) => {
        for (let k = 0; k < dimension; k++)
          sum += (grid[row * dimension + k] - points[cell * dimension + k]) ** 2;
        return sum;
      }, 0);
      expect(mean / found.length / cost).toBeCloseTo(1, 1);
    },
  );

  it('tells how far it is, and ends at a signal', async () => {
    const [count, controller] = [3000, new AbortController()];
    const told: NewtonProgress[] = [];
    const solving = solveTransportExactly({
      points: normalPoints(count, 2),
      dimension: 2,
      signal: controller.signal,
      onProgress: (progress) => {
        told.push(progress);
        if (progress.step === 1) controller.abort(new Error('enough'));
      },
    });
    await expect(solving).rejects.toThrow('enough');
    expect(told[0]).toMatchObject({ step: 0 });
    const last = told.at(-1);
    expect(last?.step).toBe(1);
    expect(last?.gradientNorm).toBeGreaterThan(0);
    expect(last?.cells).toBeLessThanOrEqual(count);
  });

  it('refuses three dimensions, and equal points', async () => {
    await expect(solveTransportExactly({ points: normalPoints(9, 3), dimension: 3 as 2 })).rejects.toThrow(
      'solveTransportExactly.dimension: must be 1 or 2, for cells are not cut exactly in more (got 3); use solveTransport',
    );
    await expect(solveTransportExactly({ points: [1, 1], dimension: 1 })).rejects.toThrow(
      'points 0 and 1 are equal',
    );
  });

  it.each([null, 5, 'abcd'])('refuses points and masses that are %j', async (points) => {
    const given = { points: points as never, dimension: 2 } as const;
    await expect(solveTransportExactly(given)).rejects.toThrow(
      'solveTransportExactly.points: must be an array of numbers',
    );
    await expect(
      solveTransportExactly({ ...given, points: [0, 0, 1, 1], masses: points as never }),
    ).rejects.toThrow('solveTransportExactly.masses: must be an array of numbers');
  });

  it('refuses fewer points than dimensions, and NaN', async () => {
    await expect(solveTransportExactly({ points: [1, 2], dimension: 2 })).rejects.toThrow(
      'solveTransportExactly: 1 point in 2 dimensions; give at least 2, or project',
    );
    await expect(solveTransportExactly({ points: [1, 2, 3, NaN], dimension: 2 })).rejects.toThrow(
      'solveTransportExactly: coordinate 1 of point 1 is NaN; every coordinate must be finite',
    );
  });
});

function leastDistance(points: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < points.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      least = Math.min(least, Math.hypot(points[i] - points[j], points[i + 1] - points[j + 1]));
    }
  }
  return least;
}

describe('planarCells', () => {
  it('are where a plane is the highest, and fill the square', () => {
    const [count, heights] = [60, normalPoints(60, 1, 4).map((value) => value / 4)];
    const points = normalPoints(count, 2);
    const cells = planarCells({ points, heights, count });
    expect(cells.reduce((sum, cell) => sum + areaOf(cell), 0)).toBeCloseTo(1, 12);
    const samples = sobolPoints(2, 4096, { shift: -0.5 });
    const shares = new Float64Array(count);
    for (const cell of highestPlanes({ points, dimension: 2, heights }, samples)) shares[cell] += 1 / 4096;
    cells.forEach((cell, i) => expect(Math.abs(areaOf(cell) - shares[i])).toBeLessThan(5e-3));
  });
});
