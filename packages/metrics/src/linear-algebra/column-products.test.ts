import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { addColumnProducts } from './column-products.js';
import { ownEngine } from './engines/own-engine.js';

it.each([
  [1, 1],
  [3, 7],
  [9, 5],
  [20, 66],
])('adds the products of columns of [%d, %d] to the upper triangle', async (rows, size) => {
  const x = Float64Array.from(RandomStream.fromSeed(rows).normal(rows * size));
  const target = { data: new Float64Array(size * size).fill(2), offset: 0, stride: size };
  await addColumnProducts(target, x, size, 0, { engine: ownEngine() });
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      let sum = 2;
      for (let row = 0; row < rows; row++) sum += x[row * size + i] * x[row * size + j];
      expect(target.data[i * size + j]).toBeCloseTo(sum, 12);
    }
  }
});
