import { expect, it } from 'vitest';
import { solveTransportExactly } from '../planar/solve-exactly.js';
import { locateSamples } from './locate-samples.js';

it('refuses what are no samples', async () => {
  const { potential } = await solveTransportExactly({ points: [-1, 0, 1, 0, 0, 1], dimension: 2 });
  await expect(locateSamples(potential, new Float32Array(3))).rejects.toMatchObject({
    code: 'SHAPE_MISMATCH',
    message: expect.stringContaining('whole rows of 2 numbers, got 3') as string,
  });
  await expect(locateSamples(potential, Float32Array.of(0, 0, 0, NaN))).rejects.toMatchObject({
    code: 'VALUE_NON_FINITE',
    message: expect.stringContaining('coordinate 1 of sample 1 is NaN') as string,
  });
  expect(await locateSamples(potential, new Float32Array(0))).toHaveLength(0);
});
