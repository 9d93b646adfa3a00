import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '@dist-gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionExtractor } from '../extractors/function-extractor.js';
import { frechetDistance } from '../features/frechet/frechet-distance.js';
import { kernelDistance } from '../features/kernel/kernel-distance.js';
import { evaluate, type EvaluateOptions } from './evaluate.js';
import { statisticsCache } from './statistics/statistics-cache.js';

/** 120 images of one grey each. */
const greys: Dataset = {
  id: 'greys',
  title: 'Greys',
  source: { title: 'none', year: 2026 },
  options: { split: 'test' },
  size: 120,
  sampleShape: [1, 1, 1],
  range: [0, 1],
  batch: (indices) => Uint8Array.from(indices, (index) => 2 * index),
};

let folder = '';
let seen: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-sets-'));
  seen = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Features of two numbers; every image that passes is counted. */
function networkOf(id: string): NonNullable<EvaluateOptions['network']> {
  return {
    async extractor(layer) {
      return functionExtractor({
        id,
        layer,
        dimension: 2,
        features({ data, count }) {
          seen.push(`${layer}: ${count}`);
          return Float32Array.from({ length: 2 * count }, (_, i) => data[i >> 1] ** (1 + (i % 2)));
        },
        batchSize: 1000,
        protocol: { resize: 'tensorflow-1', scaling: 'tensorflow' },
        fingerprint: id,
      });
    },
    logits: async (features) => ({ ...features, protocol: { ...features.protocol!, layer: 'logits' } }),
  };
}

function measure(metrics: EvaluateOptions['metrics'], changes: Partial<EvaluateOptions> = {}) {
  return evaluate({
    generated: greys,
    real: greys,
    samples: { generated: 110 },
    metrics,
    protocol: 'torch-fidelity',
    network: networkOf('greys'),
    ...changes,
  });
}

describe('evaluate', () => {
  it('passes every image through the network once, whatever is asked for', async () => {
    const results = await measure(['fid', 'is', 'pr']);
    expect(seen).toEqual(['2048: 110', '2048: 120']);
    expect(results.map(({ id }) => id)).toEqual([
      'frechet-distance',
      'inception-score',
      'inception-score-standard-deviation',
      'precision',
      'recall',
    ]);
  });

  it('divides covariances as the metric is told, whatever else is asked for', async () => {
    const fid = { id: 'frechet-distance', options: { ddof: 0 } } as const;
    const extractor = await networkOf('greys').extractor('2048');
    const [alone] = await measure([fid], { extractor });
    const [beside] = await measure([fid, 'precision'], { extractor });
    expect(alone.protocol).toMatchObject({ ddof: 0 });
    expect(alone.value).toBeCloseTo(beside.value, 8);
    // Both divisors side by side are two measurements, not one.
    const [first, second] = await measure([fid, 'frechet-distance'], { extractor });
    expect([first.protocol.ddof, second.protocol.ddof]).toEqual([0, 1]);
  });

  it.each([-5, 0, 2.5, NaN])('refuses %d samples', async (generated) => {
    await expect(measure(['fid'], { samples: { generated } })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('samples.generated: must be a whole number of at least 1') as string,
    });
    const features = { dimension: 2, data: Float64Array.from({ length: 40 }, (_, i) => Math.sin(i)) };
    await expect(
      measure(['frechet-distance'], { generated: features, real: features, samples: { generated } }),
    ).rejects.toThrow('samples.generated');
    expect(seen).toEqual([]);
  });

  it('takes images of one shape alone as their numbers', async () => {
    const images = (sampleShape: number[]) => ({
      data: Uint8Array.from({ length: 60 }, (_, i) => (37 * i) % 256),
      count: 10,
      sampleShape,
    });
    const mixed = {
      size: 20,
      async *batches() {
        yield images([1, 2, 3]);
        yield images([2, 1, 3]);
      },
    };
    const real = images([1, 2, 3]);
    await expect(
      measure(['frechet-distance'], { generated: mixed, real, samples: {} }),
    ).rejects.toMatchObject({
      code: 'SHAPE_MISMATCH',
      message: expect.stringContaining('[2, 1, 3]') as string,
    });
  });

  it.each([undefined, null, 5])('refuses %s as a set', async (generated) => {
    await expect(measure(['fid'], { generated: generated as never, samples: {} })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('the generated set must be') as string,
    });
  });

  it('says that there are no images, whatever the protocol drops', async () => {
    const generated = { data: new Uint8Array(), count: 0, sampleShape: [1, 1, 1] };
    for (const protocol of ['ttur', 'torch-fidelity'] as const)
      await expect(measure(['fid'], { generated, protocol, samples: {} })).rejects.toThrow(
        'needs 2 samples or more, got 0',
      );
  });

  it('names protocol, data sets and counts in every result', async () => {
    const network = networkOf('inception-v3-fid');
    for (const { protocol, samples } of await measure(['fid', 'pr'], { network })) {
      expect(protocol).toMatchObject({
        name: 'torch-fidelity',
        features: { layer: '2048', dimension: 2 },
        realSplit: { dataset: 'greys', split: 'test', first: 120, of: 120 },
        generatedSplit: { dataset: 'greys', split: 'test', first: 110, of: 120 },
      });
      expect(samples).toEqual({ real: 120, generated: 110 });
    }
  });

  it("calls FID and KID what is of Inception's layer 2048 alone", async () => {
    const network = networkOf('inception-v3-fid');
    const ids = async (changes: Partial<EvaluateOptions>) =>
      (await measure(['fid', 'kid'], changes)).map(({ id }) => id);
    expect(await ids({ network })).toEqual(['fid', 'kid']);
    expect(await ids({ network, layer: '64' })).toEqual(['frechet-distance', 'kernel-distance']);
    expect(await ids({})).toEqual(['frechet-distance', 'kernel-distance']);
    const [unknown] = await measure(['fid'], { network, real: { data: new Float32Array(8), dimension: 2 } });
    expect(unknown.id).toBe('frechet-distance');
    expect(unknown.protocol).not.toHaveProperty('name');
    expect(unknown.protocol).toMatchObject({ realFeatures: 'not stated' });
    expect(unknown.warnings.join()).toContain('real does not say how its features were made');
  });

  it('names no protocol whose program would have prepared images otherwise', async () => {
    const network = networkOf('inception-v3-fid');
    const [result] = await measure(['fid'], { network, protocol: 'clean-fid' });
    expect(result.protocol).not.toHaveProperty('name');
  });

  it('names no protocol that compares other samples', async () => {
    const network = networkOf('inception-v3-fid');
    const many: Dataset = {
      ...greys,
      size: 10_000,
      batch: (indices) => Uint8Array.from(indices, (index) => index % 256),
    };
    const of = async (split: string, changes: Partial<EvaluateOptions> = {}) => {
      const real = { ...many, options: { split } };
      const ofProtocol = { network, protocol: 'dist-gan-train', generated: many, samples: {} } as const;
      const [{ protocol, warnings }] = await measure(['fid'], { ...ofProtocol, real, ...changes });
      return { name: protocol.name, warnings };
    };
    for (const split of ['train', 'unlabeled'])
      expect(await of(split)).toEqual({ name: 'dist-gan-train', warnings: [] });
    expect(await of('test')).toEqual({
      name: undefined,
      warnings: [
        'dist-gan-train compares 5000 generated samples with 10000 train images, and these are 5000 with 10000 of split "test": ' +
          "the number bears no protocol's name",
      ],
    });
    expect((await of('test', { protocol: 'dist-gan-test' })).name).toBe('dist-gan-test');
    expect((await of('train', { protocol: 'dist-gan-test' })).name).toBeUndefined();
    const few = await of('train', { samples: { generated: 4000 } });
    expect(few.name).toBeUndefined();
    expect(few.warnings.join()).toContain('these are 4000 with 10000 images');
  });

  it('keeps statistics of data sets, and takes no others for them', async () => {
    const cache = statisticsCache(folder);
    const [first] = await measure(['fid'], { cache });
    expect(seen).toHaveLength(2);
    expect(readdirSync(folder)).toHaveLength(2);
    const [again] = await measure(['fid'], { cache });
    expect(seen).toHaveLength(2);
    expect(again).toEqual(first);
    await measure(['fid'], { cache, layer: '64' });
    expect(seen).toHaveLength(4);
    await measure(['fid'], { cache, samples: { generated: 110, real: 119 } });
    expect(seen).toHaveLength(5);
  });

  it('does not take the statistics of one content for those of another of the same name', async () => {
    const cache = statisticsCache(folder);
    const other: Dataset = { ...greys, batch: (indices) => Uint8Array.from(indices, (i) => 255 - i) };
    const turned: Dataset = { ...greys, batch: (indices) => Uint8Array.from(indices, (i) => 2 * (119 - i)) };
    const [alike] = await measure(['fid'], { cache });
    const [unlike] = await measure(['fid'], { cache, real: other });
    const [fresh] = await measure(['fid'], { real: other });
    expect(unlike.value).toBe(fresh.value);
    expect(unlike.value).not.toBeCloseTo(alike.value, 0);
    const before = seen.length;
    await measure(['fid'], { cache, real: turned });
    await measure(['fid'], { cache, network: networkOf('another') });
    expect(seen.length).toBe(before + 3);
  });

  it('gives the number where it cannot be kept, and says so', async () => {
    const cache = statisticsCache(join(folder, 'file', 'cache'));
    writeFileSync(join(folder, 'file'), '');
    const notices: string[] = [];
    const [kept] = await measure(['fid'], { cache, onNotice: (notice) => notices.push(notice) });
    expect(kept).toEqual((await measure(['fid']))[0]);
    expect(notices).toEqual([
      expect.stringContaining('the statistics cannot be kept in'),
      expect.stringContaining('the statistics cannot be kept in'),
    ]);
  });

  it('measures the kernel distance of few samples at once, and says so', async () => {
    const [{ protocol, warnings }] = await measure(['kid']);
    expect(protocol).toMatchObject({ metric: 'kernel-distance', sampling: 'all' });
    expect(warnings).toEqual([expect.stringContaining('110 samples make no subsets of 1000')]);
  });

  it('takes options for a metric, and refuses those that it does not know', async () => {
    const [{ protocol }] = await measure([{ id: 'kid', options: { subsetSize: 20, subsets: 3 } }]);
    expect(protocol).toMatchObject({ sampling: 'subsets', subsets: 3, subsetSize: 20, seed: 2020 });
    await expect(measure([{ id: 'kid', options: { subset: 3 } }])).rejects.toThrow('did you mean subset');
  });

  it("drops the images that fill no batch, as TTUR's program does", async () => {
    const [{ samples }] = await measure(['fid'], { protocol: 'ttur' });
    expect(samples).toEqual({ real: 100, generated: 100 });
  });
});

describe('the sets of evaluate', () => {
  const features = (count: number, shift: number) => ({
    data: Float64Array.from({ length: 3 * count }, (_, i) => ((7 * i) % 11) + shift * (i % 2)),
    dimension: 3,
  });

  it('may be features and statistics, of which a metric of any features needs no network', async () => {
    const sets = { generated: features(30, 1), real: features(40, 0) };
    const [distance, kernel] = await evaluate({ ...sets, metrics: ['frechet-distance', 'kernel-distance'] });
    expect(distance.value).toBe((await frechetDistance(sets)).value);
    expect(kernel.value).toBe((await kernelDistance(sets, { sampling: 'all' }))[0].value);
  });

  it('may be arrays: bytes, or samples of a generator in their range', async () => {
    const values = Float32Array.from({ length: 48 }, (_, i) => Math.sin(i));
    const samples = { data: values, count: 12, sampleShape: [2, 2, 1] };
    const bytes = { ...samples, data: Uint8Array.from(values, (x) => Math.floor((255 * (x + 1)) / 2 + 0.5)) };
    const [{ value, id, protocol }] = await evaluate({
      generated: { ...samples, range: [-1, 1] },
      real: bytes,
      metrics: ['frechet-distance'],
    });
    expect(value).toBeCloseTo(0, 6);
    expect(id).toBe('frechet-distance');
    expect(protocol).toMatchObject({
      features: { extractor: 'none: the numbers of an image', dimension: 4 },
    });
  });

  it('are taken as far as was asked for', async () => {
    const [{ samples }] = await evaluate({
      generated: features(500, 1),
      real: features(40, 0),
      samples: { generated: 100 },
      metrics: ['frechet-distance'],
    });
    expect(samples).toEqual({ generated: 100, real: 40 });
    const statistics = {
      dimension: 1,
      mean: new Float64Array(1),
      covariance: Float64Array.of(1),
      ddof: 1 as const,
    };
    await expect(
      evaluate({
        generated: statistics,
        real: statistics,
        samples: { generated: 5 },
        metrics: ['frechet-distance'],
      }),
    ).rejects.toThrow(
      'generated is a mean and a covariance of so many samples, from which no 5 can be taken',
    );
    await expect(
      evaluate({ generated: features(3, 0), real: features(3, 0), samples: { real: 4 } }),
    ).rejects.toThrow('real has 3 feature vectors, too few for 4');
  });

  it.each([
    [{ generated: '' }, 'the generated set is an empty text'],
    [{ metrics: [] }, 'evaluate needs at least one metric'],
    [{ metrics: ['mode-coverage' as never] }, 'metric mode-coverage measures samples while a GAN trains'],
    [{ metrics: ['fdi' as never] }, 'did you mean fid'],
    [{ protocol: 'clean' as never }, 'unknown protocol "clean"'],
    [{ real: undefined }, 'fid compares with real samples'],
    [
      { metrics: ['is' as const], generated: features(4, 0), samples: {} },
      'generated holds features of 3 numbers, which is not enough',
    ],
  ])('are refused in words: %j', async (changes, message) => {
    await expect(measure(['fid'], changes)).rejects.toThrow(message);
    expect(seen).toEqual([]);
  });
});
