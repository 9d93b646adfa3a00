import fc from 'fast-check';
import { expect, it } from 'vitest';
import { meanOf, standardDeviationOf } from './mean-and-deviation.js';

const count = fc.integer({ min: 1, max: 30 });

it('of equal numbers are that number, and no deviation at all', () => {
  // The sum of three times 0.1 is 0.30000000000000004.
  for (const values of [new Array(3).fill(0.1), new Array(10).fill(0.7)] as number[][]) {
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).not.toBe(values[0]);
    expect(meanOf(values)).toBe(values[0]);
    expect(standardDeviationOf(values, 1)).toBe(0);
  }
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), count, (value, length) => {
      const values = new Array<number>(length).fill(value);
      expect(meanOf(values) === value).toBe(true);
      expect(standardDeviationOf(values, 0)).toBe(0);
    }),
  );
});

it('are what can be written down', () => {
  expect(meanOf([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
  expect(standardDeviationOf([2, 4, 4, 4, 5, 5, 7, 9], 0)).toBe(2);
  expect(standardDeviationOf([1, 2, 3, 4], 1)).toBeCloseTo(Math.sqrt(5 / 3), 15);
  // 1 to n: (n + 1) / 2, and (n^2 - 1) / 12.
  fc.assert(
    fc.property(count, fc.integer({ min: -1000, max: 1000 }), (length, from) => {
      const values = Array.from({ length }, (_, i) => from + i);
      expect(meanOf(values)).toBeCloseTo(from + (length - 1) / 2, 10);
      expect(standardDeviationOf(values, 0)).toBeCloseTo(Math.sqrt((length ** 2 - 1) / 12), 10);
    }),
  );
});

it('of infinite numbers are infinite, or none', () => {
  expect(meanOf([1, Infinity])).toBe(Infinity);
  expect(meanOf([Infinity, Infinity])).toBe(Infinity);
  expect(meanOf([-Infinity, 1])).toBe(-Infinity);
  expect(standardDeviationOf([1, Infinity], 1)).toBeNaN();
});
