import { describe, expect, it } from 'vitest';
import { normalPoints } from '../../test/problems.js';
import { sobolPoints } from '../sobol/sobol-points.js';
import { compiledEngine } from './compiled-engine.js';

describe('compiledEngine', () => {
  it('answers questions that are asked at once as those that are asked one after the other', async () => {
    const [count, dimension] = [50, 3];
    const points = Float64Array.from(normalPoints(count, dimension));
    const engine = await compiledEngine({ threads: 1 })({ points, dimension, count }, 4);
    const heights = new Float64Array(count);
    const all = sobolPoints(dimension, 1200, { shift: -0.5 });
    const asked = [0, 300, 600, 900].map((row) => all.subarray(row * dimension, (row + 300) * dimension));
    const oneByOne: Int32Array[] = [];
    for (const samples of asked) oneByOne.push(await engine.find(samples, heights));
    expect(await Promise.all(asked.map((samples) => engine.find(samples, heights)))).toEqual(oneByOne);
    engine.dispose();
  });
});
