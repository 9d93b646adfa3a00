import type { Dataset, SampleBatch } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { metrics } from '../../metrics.js';
import { createMetric } from './create-metric.js';

const description = { title: 't', source: { title: 's', year: 2000 }, options: {} };

/** A data set with two modes, in one dimension. */
const twoModes = {
  ...description,
  id: 'two-modes',
  size: 2,
  sampleShape: [1],
  range: [0, 1] as const,
  batch: (indices: ArrayLike<number>) => Float32Array.from(indices),
  mixture: { centres: [[0], [1]], standardDeviation: 0.1, registrationRadius: 0.25 },
};

/** 2500 images of one byte each: 0 and 255 in turn, for -1 and 1. */
const bytes: Dataset = {
  ...description,
  id: 'bytes',
  size: 2500,
  sampleShape: [1, 1, 1],
  range: [-1, 1],
  batch: async (indices) => Uint8Array.from(indices, (index) => (index % 2) * 255),
};

const samples = (values: readonly number[], sampleShape = [1]): SampleBatch => ({
  data: Float32Array.from(values),
  count: values.length,
  sampleShape,
});

describe('metrics by id', () => {
  const ofModes = Object.entries(metrics).flatMap(([id, { kind }]) =>
    kind === 'samples' && id !== 'label-histogram' && id !== 'ms-ssim' ? [id] : [],
  );

  it.each(ofModes)('%s gives the result of its id', async (id) => {
    const metric = (await createMetric(id, {}, twoModes))!();
    await metric.update(samples([0, 1, 1, 0.5]));
    const ids = (await metric.results()).map((result) => result.id);
    expect(metric.id).toBe(id);
    if (id === 'mode-coverage') expect(ids.length).toBe(9);
    else expect(ids).toEqual([id]);
  });

  it('takes the modes and the radius from the data set', async () => {
    const registered = async (options: object) => {
      const metric = (await createMetric('registered-points', options, twoModes))!();
      await metric.update(samples([0, 0.2, 0.3, 1.25]));
      return (await metric.results())[0].value;
    };
    expect(await registered({})).toBe(3);
    expect(await registered({ boundary: 'exclusive' })).toBe(2);
    expect(await registered({ standardDeviations: 1 })).toBe(1);
    expect(await registered({ standardDeviations: 3.5 })).toBe(4);
  });

  it('reads the real samples once, bytes in their range, for as many metrics as are wanted', async () => {
    const make = await createMetric('mean-density-kl', { bins: 2 }, bytes);
    const [equal, skewed] = [make!(), make!()];
    await equal.update(samples([-1, 1], [1, 1, 1]));
    await skewed.update(samples([-1, -1, -1, 1], [1, 1, 1]));
    expect((await equal.results())[0]).toMatchObject({ value: 0, samples: { real: 2500, generated: 2 } });
    const expected = 0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(0.5 / 0.25);
    expect((await skewed.results())[0].value).toBeCloseTo(expected, 6);
  });

  it('refuses a data set without modes, and options before anything is measured', async () => {
    await expect(createMetric('modes-covered', {}, bytes)).rejects.toThrow(
      'metric modes-covered needs a data set with known modes, and bytes has none',
    );
    await expect(createMetric('modes-covered', { radius: 1 }, twoModes)).rejects.toThrow(
      'modes-covered.radius is not',
    );
    await expect(createMetric('entropy', { minimumShare: 0.1, minimumCount: 1 }, twoModes)).rejects.toThrow(
      'one of them',
    );
    await expect(createMetric('mean-density-kl', { bins: -1 }, bytes)).rejects.toThrow('bins');
  });
});
