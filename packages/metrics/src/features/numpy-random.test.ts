import { expect, it } from 'vitest';
import { NumpyRandom } from './numpy-random.js';

it('draws as NumPy 2.4.6 does', () => {
  const random = new NumpyRandom(2020);
  expect([...random.permutation(12)]).toEqual([2, 1, 11, 4, 10, 5, 7, 9, 6, 3, 8, 0]);
  expect([...random.choice(2000, 10)]).toEqual([1066, 54, 1550, 1893, 999, 938, 1470, 1536, 490, 1275]);
  expect([...random.choice(5, 5)]).toEqual([0, 3, 1, 2, 4]);
  expect([...new NumpyRandom(2 ** 32 - 1).permutation(7)]).toEqual([1, 5, 0, 6, 4, 2, 3]);
  expect([...new NumpyRandom(0).permutation(1000).slice(0, 8)]).toEqual([
    993, 859, 298, 553, 672, 971, 27, 231,
  ]);
});
