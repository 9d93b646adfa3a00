import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { normalPoints } from '../../test/problems.js';
import { plainEngine } from '../cells/plain-engine.js';
import type { MakePlaneEngine } from '../cells/plane-engine.js';
import { dihedralAngle } from '../potential/dihedral-angle.js';
import { solveTransportExactly } from '../planar/solve-exactly.js';
import { extendTransport } from './extended-map.js';

/** Two groups of four points, far from each other; their transport is known to cut the square in the middle. */
const { potential: twoGroups } = await solveTransportExactly({
  points: [-3, 0, -3, 0.2, -2.8, 0, -2.8, 0.2, 2.8, 0, 2.8, 0.2, 3, 0, 3, 0.2],
  dimension: 2,
});

const isBetween = (points: Float32Array) =>
  points.filter((value, i) => i % 2 === 0 && Math.abs(value) < 2.7).length / (points.length / 2);

describe('dihedralAngle', () => {
  it('is the angle between the normals (y, -1)', () => {
    const planes = {
      points: Float64Array.of(0, 1, -1, 1e-9),
      dimension: 1,
      count: 4,
      masses: new Float64Array(4),
    };
    expect(dihedralAngle(planes, 0, 1)).toBeCloseTo(Math.PI / 4, 14);
    expect(dihedralAngle(planes, 1, 2)).toBeCloseTo(Math.PI / 2, 14);
    expect(dihedralAngle(planes, 0, 3) / 1e-9).toBeCloseTo(1, 6);
    expect(dihedralAngle(planes, 1, 1)).toBe(0);
  });

  it('is obtuse where points are far from the origin on both sides', () => {
    const planes = { points: Float64Array.of(10, -10), dimension: 1, count: 2, masses: new Float64Array(2) };
    expect(dihedralAngle(planes, 0, 1)).toBeCloseTo(2 * Math.atan(10), 12);
  });
});

describe('extendTransport', () => {
  it.each(['pair', 'barycentric'] as const)(
    '%s: mixes within groups, and across them only without the test',
    async (interpolation) => {
      const [within, across] = await Promise.all(
        [0.3, Math.PI].map(async (threshold) => {
          const map = await extendTransport(twoGroups, { threshold, interpolation });
          return map.draw(2000, RandomStream.fromSeed(1));
        }),
      );
      expect(isBetween(within.points)).toBe(0);
      expect(isBetween(across.points)).toBeGreaterThan(0.005);
    },
  );

  it('draws samples of the singular set again', async () => {
    const map = await extendTransport(twoGroups, { threshold: 0.3, interpolation: 'pair', neighbours: 1 });
    const { points, tried } = await map.draw(1000, RandomStream.fromSeed(1));
    expect(points).toHaveLength(2000);
    expect(tried).toBeGreaterThan(1000);
    const { singular, points: ofCells } = await map.map(
      Float32Array.of(0.001, 0.3, 0.25, 0.01),
      new Float32Array(4),
    );
    expect(Array.from(singular)).toEqual([1, 0]);
    expect(Math.abs(ofCells[0])).toBeGreaterThan(2.7);
  });

  it('gives a point of the cell where its mean is', async () => {
    const map = await extendTransport(twoGroups, { threshold: 0.3, meanSamples: 2 ** 16 });
    const { cells } = await map.map(Float32Array.of(-0.375, -0.25, 0.375, 0.25));
    // Four cells share each half: of 0.25 x 0.5 each, by the symmetry of the points.
    const mapped = await map.map(Float32Array.of(-0.375, -0.25, 0.375, 0.25));
    mapped.points.forEach((value, at) => {
      expect(Math.abs(value - twoGroups.points[2 * cells[Math.floor(at / 2)] + (at % 2)])).toBeLessThan(0.01);
    });
  });

  it('knows the cells of points that are far from 0, of an engine that computes in float32', async () => {
    const points = normalPoints(200, 2).map((value) => value + 1e6);
    const { potential } = await solveTransportExactly({ points, dimension: 2, tolerance: 1e-6 });
    const engine: MakePlaneEngine = (planes, highest) =>
      plainEngine({ ...planes, points: Float64Array.from(planes.points, Math.fround) }, highest);
    const map = await extendTransport(potential, { threshold: Math.PI, interpolation: 'pair', engine });
    const samples = RandomStream.fromSeed(1).uniform(2 * 300, { low: -0.5, high: 0.5 });
    const { cells } = await map.map(samples, new Float32Array(2 * 300));
    const highest = Array.from(cells, (_, row) => {
      const heights = Array.from(
        potential.heights,
        (height, i) =>
          samples[2 * row] * (points[2 * i] - 1e6) +
          samples[2 * row + 1] * (points[2 * i + 1] - 1e6) +
          height,
      );
      return heights.indexOf(Math.max(...heights));
    });
    expect([...cells]).toEqual(highest);
  });

  it('is the same for the same stream', async () => {
    const { potential } = await solveTransportExactly({ points: normalPoints(30, 2), dimension: 2 });
    const map = await extendTransport(potential, { threshold: 1 });
    const draw = (seed: number) => map.draw(100, RandomStream.fromSeed(seed));
    expect(await draw(1)).toEqual(await draw(1));
    expect((await draw(2)).points).not.toEqual((await draw(1)).points);
  });

  it('refuses what it cannot map', async () => {
    const pairs = await extendTransport(twoGroups, { threshold: 1e-6, interpolation: 'pair' });
    await expect(pairs.draw(1, RandomStream.fromSeed(1))).rejects.toThrow(
      'samples in a row are on the singular set',
    );
    await expect(pairs.map(new Float32Array(4))).rejects.toThrow(
      'pairs take two coefficients a sample, 4 in all; got none',
    );
    await expect(pairs.map(Float32Array.of(0, Infinity), new Float32Array(2))).rejects.toThrow(
      'coordinate 1 of sample 0 is Infinity',
    );
    await expect(pairs.map(new Float32Array(3), new Float32Array(4))).rejects.toThrow(
      'whole rows of 2 numbers, got 3',
    );
    await expect(extendTransport(twoGroups, { threshold: 4 })).rejects.toThrow(
      'extendTransport.threshold: must be at most pi',
    );
  });
});
