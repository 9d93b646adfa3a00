import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sobolPoints } from './sobol-points.js';

interface Vectors {
  readonly sequences: readonly { dimension: number; start: number; points: number[][] }[];
}

// Made by tooling/oracles/sobol.py with SciPy.
const { sequences } = JSON.parse(
  readFileSync(new URL('../../test/sobol-vectors.json', import.meta.url), 'utf8'),
) as Vectors;

describe('sobolPoints', () => {
  it.each(sequences)("are SciPy's in $dimension dimensions from point $start on", (sequence) => {
    const { dimension, start, points } = sequence;
    expect(Array.from(sobolPoints(dimension, points.length, { start }))).toEqual(points.flat());
  });

  it('fill every coordinate evenly, in all 1,111 dimensions', () => {
    const count = 64;
    const points = sobolPoints(1111, count);
    for (let k = 0; k < 1111; k++) {
      const column = Array.from({ length: count }, (_, i) => points[i * 1111 + k] * count);
      expect(column.map(Math.floor).sort((a, b) => a - b)).toEqual(
        Array.from({ length: count }, (_, i) => i),
      );
    }
  });

  it('are shifted', () => {
    expect(Array.from(sobolPoints(2, 2, { shift: -0.5 }))).toEqual([-0.5, -0.5, 0, 0]);
  });

  it('come up to the last one', () => {
    expect(sobolPoints(3, 2, { start: 2 ** 24 - 2 })).toHaveLength(6);
  });

  it.each([
    [0, 1, {}, 'sobolPoints.dimension: must be a whole number from 1 to 1111 (got 0)'],
    [1112, 1, {}, 'sobolPoints.dimension: must be a whole number from 1 to 1111 (got 1112)'],
    [2, -1, {}, 'sobolPoints.count: must be a whole number from 0 to 16777216 (got -1)'],
    [2, 2, { start: 2 ** 24 - 1 }, 'sobolPoints.count: must be a whole number from 0 to 1 (got 2)'],
    [2, 1, { start: 0.5 }, 'sobolPoints.start: must be a whole number from 0 to 16777215 (got 0.5)'],
  ])('refuse dimension %s, count %s, %j', (dimension, count, options, message) => {
    expect(() => sobolPoints(dimension, count, options)).toThrow(message);
  });
});
