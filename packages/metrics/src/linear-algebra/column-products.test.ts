import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { ColumnProducts } from './column-products.js';
import { ownEngine } from './engines/own-engine.js';

it.each([
  [1, 1],
  [3, 7],
  [9, 5],
  [20, 66],
])(
  'adds the products of columns of [%d, %d], and of fewer rows, to the upper triangle',
  async (rows, size) => {
    const products = new ColumnProducts(size, rows);
    const target = { data: new Float64Array(size * size).fill(2), offset: 0, stride: size };
    const x = Float64Array.from(RandomStream.fromSeed(rows).normal(rows * size));
    const last = Float64Array.from(RandomStream.fromSeed(rows + 1).normal(size));
    for (const block of [x, last]) await products.addTo(target, block, 0, { engine: ownEngine() });
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) {
        let sum = 2 + last[i] * last[j];
        for (let row = 0; row < rows; row++) sum += x[row * size + i] * x[row * size + j];
        expect(target.data[i * size + j]).toBeCloseTo(sum, 12);
      }
    }
  },
);
