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
const environment: MetricEnvironment = {
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
        protocol: { resize: 'pil-bicubic', scaling: 'tensorflow' },
        fingerprint: 'of this test',
      }),
    logits: async (features) => features,
    dispose: async () => undefined,
  }),
};

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
