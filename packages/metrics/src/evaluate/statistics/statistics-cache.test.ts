import { isGanError } from '@dist-gan/core';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statisticsCache } from './statistics-cache.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'statistics-'));
});
afterEach(() => rm(folder, { recursive: true }));

const protocol = { extractor: 'inception-v3-fid', layer: '64', resize: 'tensorflow-1' };
const statistics = {
  dimension: 2,
  mean: Float64Array.of(1, 2),
  covariance: Float64Array.of(3, 1, 1, 2),
  count: 10,
  ddof: 1 as const,
  protocol,
};

it('keeps statistics by data set and protocol', async () => {
  const cache = statisticsCache(join(folder, 'new'));
  expect(await cache.read('cifar-10 train', protocol)).toBeUndefined();
  await cache.write('cifar-10 train', statistics);
  const turned = { resize: 'tensorflow-1', layer: '64', extractor: 'inception-v3-fid' };
  expect(await cache.read('cifar-10 train', turned)).toEqual(statistics);
  expect(await cache.read('cifar-10 test', protocol)).toBeUndefined();
  expect(await cache.read('cifar-10 train', { ...protocol, layer: '192' })).toBeUndefined();
});

it('refuses a file of another protocol, and statistics without one', async () => {
  const cache = statisticsCache(folder);
  await cache.write('a', statistics);
  await copyFile(cache.path('a', protocol), cache.path('a', { extractor: 'x' }));
  const error = await cache.read('a', { extractor: 'x' }).catch((caught: unknown) => caught);
  expect(isGanError(error, 'OPTION_INVALID')).toBe(true);
  const { protocol: _, ...bare } = statistics;
  await expect(cache.write('a', bare)).rejects.toThrow('statistics without a protocol');
});
