import { mlp } from '@dist-gan/architectures';
import { RandomStream } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { arrowCells, fieldCells } from '../pictures/index.js';
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
  expect(gradients.length).toBe(2 * arrowCells.length);
  arrowCells.forEach((cell, i) => {
    const at = (down: number, right: number) => logits[cell + down * fieldCells + right];
    const [x, y] = gradients.subarray(2 * i);
    expect(x).toBeCloseTo((at(0, 1) - at(0, -1)) / width, 3);
    expect(y).toBeCloseTo((at(-1, 0) - at(1, 0)) / width, 3);
  });
  // Of which most are no matter of rounding.
  expect(gradients.filter((slope) => Math.abs(slope) > 0.01).length).toBeGreaterThan(arrowCells.length);
  network.dispose();
});
