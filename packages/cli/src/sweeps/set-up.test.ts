import { resolveSweep } from '@dist-gan/sweeps';
import { describe, expect, it } from 'vitest';
import { trainsConvolutions } from './set-up.js';

describe('trainsConvolutions', () => {
  it.each([
    [{ presets: ['gaussian-grid'], methods: ['gan', 'r3gan'] }, false],
    // Its first row has none.
    [{ presets: ['gaussian-grid', 'cifar10-dcgan'] }, true],
  ])('of %j: %s', async (definition, expected) => {
    const environment = { workingDirectory: import.meta.dirname };
    expect(await trainsConvolutions(resolveSweep(definition), environment)).toBe(expected);
  });
});
