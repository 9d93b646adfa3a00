import { isGanError } from '@dist-gan/core';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFeatures, readStatistics, writeStatistics } from './statistics-file.js';

/** Files that NumPy wrote. */
const fixtures = JSON.parse(
  readFileSync(new URL('../../../test/npz-fixtures.json', import.meta.url), 'utf8'),
) as {
  mu: number[];
  sigma: number[];
  stored: string;
  compressed: string;
  float32_fortran: string;
  features: string;
  whole_numbers: string;
};
const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

describe('readStatistics', () => {
  it.each(['stored', 'compressed'] as const)('reads what np.savez wrote, %s', async (kind) => {
    const { dimension, mean, covariance, count, ddof } = await readStatistics(bytes(fixtures[kind]));
    expect([dimension, count, ddof]).toEqual([3, undefined, 1]);
    expect([...mean]).toEqual(fixtures.mu);
    expect([...covariance]).toEqual(fixtures.sigma);
  });

  it('reads float32 in Fortran order', async () => {
    const { mean, covariance } = await readStatistics(bytes(fixtures.float32_fortran));
    expect(mean).toEqual(Float64Array.from(Float32Array.from(fixtures.mu)));
    expect(covariance).toEqual(Float64Array.from(Float32Array.from(fixtures.sigma)));
  });

  it('reads what writeStatistics wrote, with count, ddof and protocol', async () => {
    const statistics = {
      dimension: 3,
      mean: Float64Array.from(fixtures.mu),
      covariance: Float64Array.from(fixtures.sigma),
      count: 20,
      ddof: 0 as const,
      protocol: { extractor: 'inception-v3-fid', layer: '2048', split: 'train' },
    };
    const written = await writeStatistics(statistics);
    expect(await readStatistics(written)).toEqual(statistics);
    expect(await writeStatistics(statistics)).toEqual(written);
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'File format is not recognized'],
    ['a text', new TextEncoder().encode('mu sigma'.repeat(20)), 'End of central directory not found'],
    ['a cut file', bytes(fixtures.compressed).slice(0, 300), 'End of central directory not found'],
    [
      'features',
      bytes(fixtures.features),
      'cifar.npz holds feats [20, 3] <f4, and none is known for statistics',
    ],
  ])('refuses %s', async (_, content, message) => {
    const error = await readStatistics(content, 'cifar.npz').catch((caught: unknown) => caught);
    expect(isGanError(error, 'DATA_FORMAT')).toBe(true);
    expect((error as Error).message).toContain('cifar.npz');
    expect((error as Error).message).toContain(message);
  });

  it.each(['stored', 'compressed'] as const)('notices a changed byte, %s', async (kind) => {
    const changed = bytes(fixtures[kind]);
    // Within the first array: a local header has 30 bytes, the name mu.npy and perhaps 20 more.
    changed[90] ^= 1;
    await expect(readStatistics(changed, 'x.npz')).rejects.toThrow(/mu\.npy is damaged: Invalid/);
  });

  it('refuses numbers that are no statistics', async () => {
    const file = async (mu: number[], sigma: number[]) =>
      writeZip(
        new Map([
          ['mu.npy', writeNpy({ shape: [mu.length], data: Float64Array.from(mu) })],
          [
            'sigma.npy',
            writeNpy({
              shape: sigma.length === mu.length ** 2 ? [mu.length, mu.length] : [sigma.length],
              data: Float64Array.from(sigma),
            }),
          ],
        ]),
      );
    await expect(readStatistics(await file([1, 2], [1, 2, 3]), 'x')).rejects.toThrow(
      'mu and sigma must be [d] and [d, d], got [2] of <f8 and [3] of <f8',
    );
    await expect(readStatistics(await file([1], [NaN]), 'x')).rejects.toThrow(
      'number 0 of the covariance is NaN',
    );
  });
});

describe('readFeatures', () => {
  it("reads clean-fid's feats", async () => {
    const { data, dimension } = await readFeatures(bytes(fixtures.features));
    expect(dimension).toBe(3);
    const column = Array.from({ length: 20 }, (_, i) => data[3 * i + 1]);
    expect(column.reduce((a, b) => a + b) / 20).toBeCloseTo(fixtures.mu[1], 6);
  });

  it('refuses numbers that are no floats', async () => {
    const whole = bytes(fixtures.whole_numbers);
    await expect(readFeatures(whole, 'x.npz')).rejects.toThrow('x.npz: the numbers of feats are of type <i8');
  });

  it('does not take a covariance for features', async () => {
    await expect(readFeatures(bytes(fixtures.stored), 'x')).rejects.toThrow(
      'x holds mu [3] <f8, sigma [3, 3] <f8, and none is known for features',
    );
  });
});
