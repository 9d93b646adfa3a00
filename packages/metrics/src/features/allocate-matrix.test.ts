import { isGanError } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { allocateMatrix } from './allocate-matrix.js';
import { FeatureMoments } from './frechet/feature-moments.js';

it('makes zeros', () => {
  expect(allocateMatrix(Float32Array, [2, 3], 'x')).toEqual(new Float32Array(6));
});

/** Pixels of a picture of 48 megapixels: no array is as long as their covariance, nor as 32 of them. */
it.each([
  ['frechet-distance', () => new FeatureMoments(144e6)],
  ['x', () => allocateMatrix(Float32Array, [1e6, 144e6], 'x')],
  ['x', () => allocateMatrix(Float64Array, [1e6, 1e6], 'x')],
])('refuses by name what does not fit into memory: %s', (_, make) => {
  expect(make).toThrow(expect.toSatisfy((error) => isGanError(error, 'SHAPE_MISMATCH')));
  expect(make).toThrow(/numbers do not fit into memory; use features of a network/);
});
