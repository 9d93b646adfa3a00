import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { WindowMeans } from './window-means.js';

it.each([
  [7, 9, 3],
  [12, 12, 11],
  [4, 30, 4],
  [1, 1, 1],
])('weighs the windows of planes of %d x %d by %d weights in each direction', (height, width, size) => {
  const stream = RandomStream.fromSeed(height);
  const planes = [stream.normal(height * width), stream.normal(height * width)];
  const weights = Float64Array.from({ length: size }, (_, k) => 1 / (k + 1.5));
  const means = new WindowMeans(height, width, weights, planes.length);
  // Both are good until the end.
  const results = planes.map((values) => means.of((plane) => plane.set(values)));
  for (const [p, values] of planes.entries()) {
    expect(results[p].length).toBe(means.rows * means.columns);
    for (let i = 0; i < means.rows; i++) {
      for (let j = 0; j < means.columns; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          for (let l = 0; l < size; l++) sum += weights[k] * weights[l] * values[(i + k) * width + j + l];
        }
        expect(results[p][i * means.columns + j]).toBeCloseTo(sum, 12);
      }
    }
  }
  means.close();
});
