import { mlp } from '@dist-gan/architectures';
import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { fieldCells } from '../pictures/index.js';
import { measureField } from './discriminator-field.js';

it.each([8, -8])('gives logits row by row from the top left, and their slopes, scale %d', async (scale) => {
  const architecture = mlp({ hiddenUnits: [8, 8], activation: 'tanh' });
  const shape = { sampleShape: [2], latentDimension: 2 };
  const network = architecture.build('discriminator', shape, RandomStream.fromSeed(3));
  const plane = { dimension: 2, limits: [-4, 4], real: '', scale, offset: -scale / 2 } as const;
  const { logits, gradients } = await measureField(network, plane);
  expect(logits.length).toBe(fieldCells ** 2);
  // Central differences between neighbours.
  const width = (2 * 8) / fieldCells;
  for (const [row, column] of [
    [5, 9],
    [70, 70],
    [130, 12],
    [17, 101],
  ]) {
    const at = (down: number, right: number) => logits[(row + down) * fieldCells + column + right];
    const [x, y] = gradients.subarray(2 * (row * fieldCells + column));
    expect(x).toBeCloseTo((at(0, 1) - at(0, -1)) / width, 3);
    expect(y).toBeCloseTo((at(-1, 0) - at(1, 0)) / width, 3);
    expect(Math.hypot(x, y)).toBeGreaterThan(0.005);
  }
  network.dispose();
});
