import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream, type Dataset, type SampleBatch } from '@dist-gan/core';
import { describeMetric } from '@dist-gan/testing/metric';
import { describe, expect, it } from 'vitest';
import type { MetricEnvironment } from '../../distributions/sample-metric.js';
import { functionExtractor } from '../../extractors/function-extractor.js';
import { quantizeImages } from '../../extractors/images/quantize.js';
import { frechetDistance } from '../../features/frechet/frechet-distance.js';
import { statisticsCache } from '../statistics/statistics-cache.js';
import { createMetric } from './create-metric.js';

const sampleShape = [2, 2, 1];
const values = (seed: number, count: number) => RandomStream.fromSeed(seed).uniform(4 * count);
const real = values(1, 60);
const dataset: Dataset = {
  id: 'noise',
  title: 't',
  source: { title: 's', year: 2000 },
  options: {},
  size: 60,
  sampleShape,
  range: [0, 1],
  batch: (indices) =>
    Float32Array.from(Array.from(indices).flatMap((index) => [...real.subarray(4 * index, 4 * index + 4)])),
};
const generated: SampleBatch = { data: values(2, 40), count: 40, sampleShape };

/** Three numbers of an image. */
const featuresOf = (data: Uint8Array, count: number) =>
  Float32Array.from({ length: 3 * count }, (_, i) => {
    const at = 4 * Math.floor(i / 3) + (i % 3);
    return (data[at] * data[at + 1]) / 255;
  });

let passes = 0;
const inceptionOf = (
  given: Pick<Parameters<typeof functionExtractor>[0], 'protocol' | 'fingerprint' | 'batchSize'>,
): MetricEnvironment => ({
  inception: () => ({
    extractor: async (layer) =>
      functionExtractor({
        id: 'inception-v3-fid',
        layer,
        dimension: 3,
        features: ({ data, count }) => {
          passes += count;
          return featuresOf(data, count);
        },
        ...given,
      }),
    logits: async (features) => features,
    dispose: async () => undefined,
  }),
});
const environment = inceptionOf({
  protocol: { resize: 'pil-bicubic', scaling: 'tensorflow' },
  fingerprint: 'of this test',
});

const bytes = (samples: SampleBatch) => ({
  data: featuresOf(quantizeImages(samples, [0, 1]).data, samples.count),
  dimension: 3,
});
const expected = await frechetDistance({
  real: bytes({ data: real, count: 60, sampleShape }),
  generated: bytes(generated),
});

describeMetric('fid while training', {
  create: (await createMetric('fid', {}, dataset, environment))!,
  samples: generated,
  ids: ['fid'],
  expected: { fid: expected.value },
});

describe("metrics of Inception's features while training", () => {
  const measure = async (id: string, options: object = {}) => {
    const metric = (await createMetric(id, options, dataset, environment))!();
    await metric.update(generated);
    return metric.results();
  };

  it('divide the covariances of both sides alike', async () => {
    const [{ protocol, value }] = await measure('fid', { ddof: 0 });
    expect(protocol).toMatchObject({ ddof: 0 });
    const wanted = await frechetDistance(
      { real: bytes({ data: real, count: 60, sampleShape }), generated: bytes(generated) },
      { ddof: 0 },
    );
    expect(value).toBeCloseTo(wanted.value, 10);
  });

  it('are named as they are published, of layer 2048 alone', async () => {
    expect((await measure('kid')).map(({ id }) => id)).toEqual(['kid']);
    expect((await measure('pr')).map(({ id }) => id)).toEqual(['precision', 'recall']);
    expect((await measure('is', { splits: 2 })).map(({ id }) => id)).toEqual([
      'inception-score',
      'inception-score-standard-deviation',
    ]);
    const [other] = await measure('fid', { layer: '64' });
    expect(other).toMatchObject({ id: 'frechet-distance', samples: { real: 60, generated: 40 } });
    const [few] = await measure('fid', { realSamples: 20 });
    expect(few.samples).toEqual({ real: 20, generated: 40 });
  });

  it("bear a protocol's name only where they follow it", async () => {
    const ttur = inceptionOf({
      protocol: { resize: 'tensorflow-1', scaling: 'tensorflow' },
      batchSize: 1000,
    });
    const of = async (protocol: string, data: Dataset, count: number) => {
      const metric = (await createMetric('fid', { protocol }, data, ttur))!();
      await metric.update({ data: values(2, count), count, sampleShape });
      const [result] = await metric.results();
      return result;
    };
    // Of 60 real images TTUR's program takes one batch of 50.
    const whole = await of('ttur', dataset, 40);
    const wanted = await frechetDistance({
      real: bytes({ data: real.subarray(0, 200), count: 50, sampleShape }),
      generated: bytes(generated),
    });
    expect(whole.value).toBeCloseTo(wanted.value, 10);
    expect(whole.samples).toEqual({ real: 50, generated: 40 });
    expect(whole.protocol.name).toBe('ttur');
    const partial = await of('ttur', dataset, 70);
    expect(partial.protocol.name).toBeUndefined();
    expect(partial.warnings.join()).toContain('ttur drops the last of 70 generated samples');
    // So many as the protocol says, of the split that it does not mean.
    const many = (split: string): Dataset => ({
      ...dataset,
      options: { split },
      size: 10_000,
      batch: (indices) => dataset.batch(Array.from(indices, (i) => i % 60)),
    });
    const test = await of('dist-gan-test', many('test'), 10_000);
    expect(test.protocol).toMatchObject({
      name: 'dist-gan-test',
      realSplit: { dataset: 'noise', split: 'test', first: 10_000, of: 10_000 },
    });
    const train = await of('dist-gan-test', many('train'), 10_000);
    expect(train.protocol.name).toBeUndefined();
    expect(train.warnings.join()).toContain('of split "train"');
  });

  it('keep the statistics of real images, by their content', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dist-gan-training-'));
    try {
      const kept = { ...environment, statisticsCache: statisticsCache(folder) };
      const turned: Dataset = {
        ...dataset,
        batch: (indices) => dataset.batch(Array.from(indices, (i) => 59 - i)),
      };
      for (const [of, wanted] of [
        [dataset, 60],
        [dataset, 0],
        [turned, 60],
      ] as const) {
        const before = passes;
        await createMetric('fid', {}, of, kept);
        expect(passes - before).toBe(wanted);
      }
      expect(readdirSync(folder)).toHaveLength(2);
      const notices: string[] = [];
      const onNotice = (message: string) => notices.push(message);
      await createMetric('fid', {}, dataset, { ...kept, onNotice });
      await createMetric('fid', {}, dataset, { ...environment, onNotice });
      await createMetric('kid', {}, dataset, { ...kept, onNotice });
      expect(notices).toEqual([
        'fid: features of the real images, which are kept for the next run',
        'fid: features of the real images',
        'kid: features of the real images',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuse what they do not take, and an environment without a network', async () => {
    await expect(createMetric('fid', { layers: '64' }, dataset, environment)).rejects.toThrow('layers');
    await expect(createMetric('kid', { subsets: 0 }, dataset, environment)).rejects.toThrow('1 or more');
    await expect(createMetric('fid', {}, dataset)).rejects.toThrow(
      'InceptionNetwork of @dist-gan/metrics/evaluate',
    );
    await expect(createMetric('fdi', {}, dataset)).rejects.toThrow('did you mean fid');
  });
});
