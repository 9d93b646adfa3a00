import { RandomStream, type SampleBatch } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { multiscaleSimilarity } from './multiscale-similarity.js';
import { msSsimDiversity } from './ms-ssim-diversity.js';

const flat = (levels: number[], shape: readonly number[]): SampleBatch => {
  const length = shape.reduce((a, b) => a * b);
  return {
    data: Float32Array.from({ length: levels.length * length }, (_, at) => levels[Math.floor(at / length)]),
    count: levels.length,
    sampleShape: shape,
  };
};

const noise = (seed: number, count: number, shape: readonly number[]): SampleBatch => ({
  data: RandomStream.fromSeed(seed).uniform(count * shape.reduce((a, b) => a * b)),
  count,
  sampleShape: shape,
});

describe('msSsimDiversity', () => {
  it('gives the number of compare_gan for flat images of 1, 0.7 and 0 of 255 (ms_ssim_score_test.py)', async () => {
    const { value } = await msSsimDiversity(flat([1, 0.7, 0], [64, 64, 3]), { range: [0, 255] });
    expect(Math.abs(value - 0.989989)).toBeLessThan(1e-3);
    // Flat images: all but the luminance term of the last scale, to the power 0.1333, is 1.
    const c1 = 2.55 ** 2;
    const luminance = (a: number, b: number) => (2 * a * b + c1) / (a * a + b * b + c1);
    const expected = [luminance(1, 0.7), luminance(1, 0), luminance(0.7, 0)].map((l) => l ** 0.1333);
    expect(value).toBeCloseTo(expected.reduce((a, b) => a + b) / 3, 7);
  });

  it('is 1 for equal images and little for noise, of odd sides too', async () => {
    const image = noise(1, 1, [31, 45, 3]);
    const twice = { ...image, count: 2, data: Float32Array.from([...image.data, ...image.data]) };
    expect((await msSsimDiversity(twice)).value).toBeCloseTo(1, 12);
    expect((await msSsimDiversity(noise(2, 6, [31, 45, 3]))).value).toBeLessThan(0.2);
  });

  it('does not care where the range begins', async () => {
    const images = noise(3, 4, [32, 32, 1]);
    const shifted = { ...images, data: images.data.map((value) => 2 * value - 1) };
    const [expected, moved] = [
      await msSsimDiversity(images),
      await msSsimDiversity(shifted, { range: [-1, 1] }),
    ];
    expect(moved.value).toBeCloseTo(expected.value, 6);
  });

  it('refuses bytes that are called [0, 1], and a range that does not rise', async () => {
    const bytes = flat([255, 128, 0], [8, 8, 1]);
    await expect(msSsimDiversity(bytes)).rejects.toThrow(
      'ms-ssim: value 0 is 255, outside of the range [0, 1]',
    );
    await expect(msSsimDiversity(bytes, { range: [255, 0] })).rejects.toThrow('ms-ssim.range: must rise');
  });

  it('compares random pairs where there are many', async () => {
    const images = noise(4, 20, [16, 16, 1]);
    const all = await msSsimDiversity(images);
    expect(all.protocol.pairs).toBe(190);
    const some = await msSsimDiversity(images, { pairs: 100 });
    expect(some.protocol.pairs).toBe(100);
    expect(Math.abs(some.value - all.value)).toBeLessThan(0.05);
    expect((await msSsimDiversity(images, { pairs: 100 })).value).toBe(some.value);
  });

  it('refuses one image, and samples that are none', async () => {
    await expect(msSsimDiversity(flat([1], [8, 8, 3]))).rejects.toThrow('got 1 of [8, 8, 3]');
    await expect(msSsimDiversity(flat([1, 2], [8]))).rejects.toThrow('got 2 of [8]');
  });
});

describe('multiscaleSimilarity', () => {
  it('is one term of structure where the image is one window', () => {
    // A 1 x 1 image stays one at all scales: no contrast, and luminance in the last scale alone.
    const luminance = (2 * 0.2 * 0.9 + 1e-4) / (0.2 ** 2 + 0.9 ** 2 + 1e-4);
    expect(multiscaleSimilarity([0.2], [0.9], [1, 1, 1], 1)).toBeCloseTo(luminance ** 0.1333, 12);
  });
});
