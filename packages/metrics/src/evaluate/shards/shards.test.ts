import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream, type Dataset } from '@dist-gan/core';
import { imageFolder, type ImageFolderOptions } from '@dist-gan/datasets';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionExtractor } from '../../extractors/function-extractor.js';
import type { Features } from '../../features/feature-matrix.js';
import { FeatureMoments } from '../../features/frechet/feature-moments.js';
import { frechetDistance } from '../../features/frechet/frechet-distance.js';
import { evaluate } from '../evaluate.js';
import { measureShard, type MeasureShardOptions } from './measure-shard.js';
import { mergeMomentsParts } from './merge-parts.js';
import { readMomentsPart, writeMomentsPart, type MomentsPart } from './moments-part.js';
import { rowsOf } from './shard.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-shards-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dimension = 12;

/** Correlated numbers far from 0, as a layer's outputs are. */
function featuresOf(seed: number, count: number, shift = 0): Features {
  const random = RandomStream.fromSeed(seed);
  const data = new Float64Array(count * dimension);
  for (let row = 0; row < count; row++) {
    const common = random.uniform(1)[0];
    for (let i = 0; i < dimension; i++)
      data[row * dimension + i] = 1000 + shift + common + 0.1 * i * random.uniform(1)[0];
  }
  return { data, dimension, protocol: { extractor: 'numbers' } };
}

/** All parts, each written and read again, as they travel between machines. */
async function partsOf(options: Omit<MeasureShardOptions, 'shard'>, of: number): Promise<MomentsPart[]> {
  const parts: MomentsPart[] = [];
  for (let index = 0; index < of; index++) {
    const part = await measureShard({ ...options, shard: { index, of } });
    parts.push(await readMomentsPart(await writeMomentsPart(part), `part-${index}.npz`));
  }
  return parts;
}

/** 100 images of one grey each. */
const greys: Dataset = {
  id: 'greys',
  title: 'Greys',
  source: { title: 'none', year: 2026 },
  options: { split: 'test' },
  size: 100,
  sampleShape: [1, 1, 1],
  range: [0, 1],
  batch: (indices) => Uint8Array.from(indices, (index) => 2 * index),
};

const twoNumbers = functionExtractor({
  id: 'inception-v3-fid',
  layer: '2048',
  dimension: 2,
  features: ({ data }) => Float32Array.from([...data].flatMap((value) => [value, value ** 2 / 100])),
  fingerprint: 'two numbers',
});
const network = {
  extractor: () => Promise.resolve(twoNumbers),
  logits: () => Promise.reject(new Error('not asked for')),
};

describe('shards of a set', () => {
  it.each([1, 2, 7, 64])('have the Fréchet distance of the whole to 1e-10, cut into %i', async (of) => {
    const [real, generated] = [featuresOf(1, 3000), featuresOf(2, 2500, 0.3)];
    const [whole] = await evaluate({ generated, real, metrics: ['frechet-distance'] });
    const parts = await partsOf({ set: generated, metric: 'frechet-distance' }, of);
    expect(parts.reduce((sum, { sums }) => sum + sums.count, 0)).toBe(2500);
    const merged = await mergeMomentsParts(parts);
    const moments = new FeatureMoments(dimension);
    await moments.update(real);
    const { value } = await frechetDistance({ generated: merged, real: await moments.statistics() });
    expect(Math.abs(value - whole.value)).toBeLessThan(1e-10);
    expect(whole.value).toBeGreaterThan(1);
    // The order in which they are given does not matter, to the bit.
    const again = await mergeMomentsParts([...parts].reverse());
    expect(again.mean).toEqual(merged.mean);
    expect(again.covariance).toEqual(merged.covariance);
  });

  it('have the name and the protocol of the whole', async () => {
    const real = {
      data: Uint8Array.from({ length: 50 }, (_, i) => 3 * i),
      count: 50,
      sampleShape: [1, 1, 1],
    };
    const parts = await partsOf({ set: greys, network }, 3);
    expect(parts[1]).toMatchObject({
      shard: { index: 1, of: 3 },
      set: { name: 'greys', size: 100 },
      extractor: expect.stringContaining('two numbers') as string,
      sums: { count: 33 },
    });
    const [whole] = await evaluate({ generated: greys, real, network });
    const [merged] = await evaluate({ generated: await mergeMomentsParts(parts), real, network });
    expect(merged.id).toBe('fid');
    expect(merged.protocol).toEqual(whole.protocol);
    expect(Math.abs(merged.value - whole.value)).toBeLessThan(1e-10);
  });

  it('of a folder read their own pictures alone, and know when the folder has changed', async () => {
    const write = (name: string, value: number) =>
      sharp(new Uint8Array(12).fill(value), { raw: { height: 2, width: 2, channels: 3 } })
        .png()
        .toFile(join(folder, name));
    for (let i = 0; i < 6; i++) await write(`${i}.png`, 30 * i);
    const options = { set: folder, metric: 'frechet-distance' } as const;
    const [first, second] = await partsOf(options, 2);
    expect([first.sums.mean[0], second.sums.mean[0]]).toEqual([30, 120]);
    // More parts than pictures: some have none, and the whole is the same.
    const merged = await mergeMomentsParts(await partsOf(options, 8));
    expect([merged.count, merged.mean[0], merged.covariance[0]]).toEqual([6, 75, 3150]);
    writeFileSync(join(folder, '5.png'), 'no picture any more');
    const changed = await measureShard({ ...options, shard: { index: 0, of: 2 } });
    expect(changed.sums).toEqual(first.sums);
    await expect(mergeMomentsParts([changed, second])).rejects.toThrow('differ in the set');
    await expect(measureShard({ ...options, shard: { index: 1, of: 2 } })).rejects.toThrow(
      'cannot be decoded',
    );
  });

  it('of a data set made with other options are parts of another', async () => {
    const drawn = (seed: number) => ({ ...greys, options: { split: 'test', seed } });
    const [first] = await partsOf({ set: drawn(1), network }, 2);
    const [again, second] = await partsOf({ set: drawn(2), network }, 2);
    await expect(mergeMomentsParts([first, second])).rejects.toThrow('differ in the set');
    expect((await mergeMomentsParts([again, second])).count).toBe(100);
  });

  it('of a data set of pictures are named by its files, wherever their folder is', async () => {
    const write = (name: string, value: number) =>
      sharp(new Uint8Array(12).fill(value), { raw: { height: 2, width: 2, channels: 3 } })
        .png()
        .toFile(join(folder, name));
    for (const place of ['here', 'there']) {
      mkdirSync(join(folder, place));
      for (let i = 0; i < 4; i++) await write(`${place}/${i}.png`, 30 * i);
    }
    const part = async (index: number, place: string, more: ImageFolderOptions = {}) => {
      const set = await imageFolder({ folder: join(folder, place), size: 2, ...more });
      return measureShard({ set, metric: 'frechet-distance', shard: { index, of: 2 } });
    };
    const first = await part(0, 'here');
    const merged = await mergeMomentsParts([
      first,
      await part(1, 'there', { workers: 1, memoryMegabytes: 0 }),
    ]);
    expect(merged.count).toBe(4);
    expect([...merged.mean]).toEqual(new Array(12).fill(45));
    const otherwise = [first, await part(1, 'here', { resize: 'contain' })];
    await expect(mergeMomentsParts(otherwise)).rejects.toThrow('differ in the set');
    // As many pictures at the same place, and others.
    const larger = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => (i * i) % 251);
    await sharp(larger, { raw: { height: 16, width: 16, channels: 3 } })
      .png()
      .toFile(join(folder, 'here/3.png'));
    await expect(mergeMomentsParts([first, await part(1, 'here')])).rejects.toThrow('differ in the set');
  });

  it('drop what the protocol drops of the whole, not of each', async () => {
    // TTUR's program passes 50 at once: of 120 the last 20 are never seen.
    const parts = await partsOf({ set: { ...greys, size: 120 }, network, protocol: 'ttur' }, 3);
    expect(parts.map(({ sums }) => sums.count)).toEqual([33, 33, 34]);
  });

  it('of features drop none, for no image is passed through a network any more', async () => {
    const set = featuresOf(1, 120);
    const options = { set, metric: 'frechet-distance', protocol: 'ttur' } as const;
    const { count } = await mergeMomentsParts(await partsOf(options, 3));
    const [{ samples }] = await evaluate({
      generated: set,
      real: set,
      metrics: ['frechet-distance'],
      protocol: 'ttur',
    });
    expect([count, samples.generated]).toEqual([120, 120]);
  });

  it('are refused where they are no whole', async () => {
    const options = { set: featuresOf(1, 20), metric: 'frechet-distance' } as const;
    const parts = await partsOf(options, 3);
    const [one, two, three] = parts;
    const [other] = await partsOf({ ...options, set: featuresOf(2, 20) }, 3);
    const [half] = await partsOf(options, 2);
    await expect(mergeMomentsParts([])).rejects.toThrow('there are no parts');
    await expect(mergeMomentsParts([one, three])).rejects.toThrow('of 3 parts 1 is missing');
    await expect(mergeMomentsParts([one, two, two, three])).rejects.toThrow(
      'part 1 of 3 is given more than once',
    );
    await expect(mergeMomentsParts([other, two, three])).rejects.toThrow('parts 0 and 1 differ in the set');
    await expect(mergeMomentsParts([half, two, three])).rejects.toThrow('differ in the number of shards');
    await expect(mergeMomentsParts([{ ...one, extractor: 'another' }, two, three])).rejects.toThrow(
      'differ in the network',
    );
    await expect(mergeMomentsParts([{ ...one, ddof: 0 }, two, three])).rejects.toThrow(
      'differ in the protocol',
    );
    await expect(
      mergeMomentsParts([{ ...one, sums: { ...one.sums, count: 5 } }, two, three]),
    ).rejects.toThrow('part 0 has 5 rows and was to have 6');
  });

  it('say what is wrong with a file, a shard and a set', async () => {
    await expect(readMomentsPart(new Uint8Array(3), 'part.npz')).rejects.toThrow(/part\.npz/);
    const set = featuresOf(1, 20);
    for (const shard of [
      { index: 3, of: 3 },
      { index: -1, of: 3 },
      { index: 0.5, of: 3 },
    ])
      await expect(measureShard({ set, shard })).rejects.toThrow('it must be k/n with k from 0 to n - 1');
    const parts = await partsOf({ set, metric: 'frechet-distance' }, 2);
    const statistics = await mergeMomentsParts(parts);
    await expect(measureShard({ set: statistics, shard: { index: 0, of: 2 } })).rejects.toThrow(
      'is a mean and a covariance already',
    );
  });

  it('are neighbours of nearly one size', () => {
    const rows = Array.from({ length: 7 }, (_, index) => rowsOf({ index, of: 7 }, 50));
    expect(rows.map(({ count }) => count)).toEqual([7, 7, 7, 7, 7, 7, 8]);
    expect(rows.map(({ first }) => first)).toEqual([0, 7, 14, 21, 28, 35, 42]);
  });
});
