import { expect, it } from 'vitest';
import { firstNotFinite } from './first-not-finite.js';

it.each([Float32Array, Float64Array])('finds the first number that is not finite (%o)', (kind) => {
  expect(firstNotFinite(new kind(0))).toBeUndefined();
  for (const length of [1, 3, 4, 9]) {
    expect(firstNotFinite(new kind(length).fill(-3e38))).toBeUndefined();
    for (const bad of [NaN, Infinity, -Infinity]) {
      for (let at = 0; at < length; at++) {
        const values = new kind(length).fill(2);
        values[at] = values[length - 1] = bad;
        expect(firstNotFinite(values)).toBe(at);
      }
    }
  }
});
