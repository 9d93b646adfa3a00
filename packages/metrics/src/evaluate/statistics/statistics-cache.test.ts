import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statisticsCache, type StatisticsKey } from './statistics-cache.js';
import { readStatistics } from './statistics-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statistics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const protocol = { extractor: 'inception-v3-fid', layer: '64', resize: 'tensorflow-1' };
const statistics = {
  dimension: 2,
  mean: Float64Array.of(1, 2),
  covariance: Float64Array.of(3, 1, 1, 2),
  count: 10,
  ddof: 1 as const,
  protocol,
};
const key: StatisticsKey = { images: 'a'.repeat(64), count: 10, extractor: 'network', ddof: 1 };

it('keeps statistics by everything that decides them', async () => {
  const cache = statisticsCache(join(folder, 'new'));
  cache.check();
  expect(await cache.read(key)).toBeUndefined();
  await cache.write(key, statistics);
  const turned: StatisticsKey = { ddof: 1, extractor: 'network', count: 10, images: 'a'.repeat(64) };
  expect(await cache.read(turned)).toEqual(statistics);
  for (const change of [
    { images: 'b'.repeat(64) },
    { count: 9 },
    { extractor: 'other' },
    { ddof: 0 as const },
  ]) {
    expect(await cache.read({ ...key, ...change })).toBeUndefined();
  }
});

it('writes a file that other programs read, and nothing beside it', async () => {
  await statisticsCache(folder).write(key, statistics);
  const [file, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const { mean, covariance } = await readStatistics(readFileSync(join(folder, file)));
  expect({ mean, covariance }).toEqual({ mean: statistics.mean, covariance: statistics.covariance });
});

it('makes a damaged file anew, and says so', async () => {
  const notices: string[] = [];
  const cache = statisticsCache(folder, { onNotice: (notice) => notices.push(notice) });
  await cache.write(key, statistics);
  const [name] = readdirSync(folder);
  const file = join(folder, name);
  writeFileSync(file, readFileSync(file).subarray(0, 200));
  expect(await cache.read(key)).toBeUndefined();
  expect(notices).toEqual([expect.stringMatching(/\.npz is no use \(.*\); the statistics are made anew/)]);
  await cache.write(key, statistics);
  expect(await cache.read(key)).toEqual(statistics);
});

it('does not take a file for what its name alone says', async () => {
  const notices: string[] = [];
  const cache = statisticsCache(folder, { onNotice: (notice) => notices.push(notice) });
  const other = { ...key, count: 11 };
  await cache.write(key, statistics);
  const [first] = readdirSync(folder);
  await cache.write(other, { ...statistics, count: 11 });
  const [second] = readdirSync(folder).filter((name) => name !== first);
  writeFileSync(join(folder, second), readFileSync(join(folder, first)));
  expect(await cache.read(other)).toBeUndefined();
  expect(notices.join()).toContain('it is not what its name says');
});

it('says what cannot be written, and where', async () => {
  writeFileSync(join(folder, 'file'), '');
  const cache = statisticsCache(join(folder, 'file', 'cache'));
  expect(() => cache.check()).toThrow(/cannot be written .*--no-cache/);
  await expect(cache.write(key, statistics)).rejects.toThrow(/cannot be kept in .*--cache/);
});
