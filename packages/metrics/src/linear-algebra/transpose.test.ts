import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { transpose } from './transpose.js';

it.each([
  [1, 1],
  [3, 7],
  [9, 5],
  [20, 66],
])('puts the columns of [%d, %d] where it is told, and nothing elsewhere', (rows, columns) => {
  const x = RandomStream.fromSeed(rows).normal(rows * columns);
  const [stride, first] = [rows + 5, 3];
  const result = new Float64Array(columns * stride).fill(7);
  transpose(x, columns, result, { stride, first });
  result.forEach((value, at) => {
    const row = (at % stride) - first;
    const inside = row >= 0 && row < rows;
    expect(value).toBe(inside ? x[row * columns + Math.floor(at / stride)] : 7);
  });
});
