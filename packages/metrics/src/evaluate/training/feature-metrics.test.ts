import { RandomStream, type Dataset, type SampleBatch } from '@dist-gan/core';
import { describeMetric } from '@dist-gan/testing/metric';
import { describe, expect, it } from 'vitest';
import { featuresOf, type Features } from '../../features/feature-matrix.js';
import { frechetDistance } from '../../features/frechet/frechet-distance.js';
import { kernelDistance } from '../../features/kernel/kernel-distance.js';
import { precisionRecallDensityCoverage } from '../../features/manifold/manifold-metrics.js';
import { metrics } from '../../metrics.js';
import { createMetric } from './create-metric.js';

const normal = (seed: number, count: number, sampleShape: number[], scale = 1): SampleBatch => ({
  data: RandomStream.fromSeed(seed)
    .normal(count * sampleShape.reduce((a, b) => a * b))
    .map((value) => value * scale),
  count,
  sampleShape,
});

function datasetOf({ data, count, sampleShape }: SampleBatch, id = 'cloud'): Dataset {
  const length = data.length / count;
  return {
    id,
    title: 't',
    source: { title: 's', year: 2000 },
    options: {},
    size: count,
    sampleShape,
    range: [-4, 4],
    batch: (indices) =>
      Float32Array.from(
        Array.from(indices).flatMap((index) => [...data.subarray(index * length, (index + 1) * length)]),
      ),
  };
}

const real = normal(1, 60, [2]);
const generated = normal(2, 40, [2], 0.7);
const cloud = datasetOf(real);
const sets: { real: Features; generated: Features } = {
  real: featuresOf(real),
  generated: featuresOf(generated),
};

const fullPrdc = await precisionRecallDensityCoverage(sets);
const valueOf = (id: string) => fullPrdc.find((result) => result.id === id)!.value;
const [kernel] = await kernelDistance(sets, { sampling: 'all' });
const expected: Readonly<Record<string, number>> = {
  'frechet-distance': (await frechetDistance(sets)).value,
  'kernel-distance': kernel.value,
  density: valueOf('density'),
  coverage: valueOf('coverage'),
};

/** Of the others a cloud of 40 points is too few, or there are more numbers than one. */
const notOfACloud = ['frechet-distance-at-infinity', 'prd'];
const ofAnyFeatures = Object.entries(metrics)
  .filter(([, metric]) => metric.kind === 'features' && !('inception' in metric))
  .map(([id]) => id);
const tested = [...ofAnyFeatures.filter((id) => !notOfACloud.includes(id)), 'ms-ssim'];

for (const id of tested) {
  const images = id === 'ms-ssim';
  const create = (await createMetric(id, {}, images ? datasetOf(normal(1, 8, [4, 4, 1])) : cloud))!;
  describeMetric(id, {
    create,
    samples: images ? normal(3, 6, [4, 4, 1]) : generated,
    ids: [id],
    ...(id in expected && { expected: { [id]: expected[id] } }),
  });
}

describe('metrics of features', () => {
  it('reads bytes in their range, and so many real samples as it is told', async () => {
    const bytes: Dataset = {
      ...cloud,
      size: 50,
      range: [0, 1],
      batch: (indices) => Uint8Array.from(Array.from(indices).flatMap((index) => [5 * index, 255 - index])),
    };
    const metric = (await createMetric('precision', { realSamples: 20, neighbours: 2 }, bytes))!();
    await metric.update({ data: Float32Array.of(0.5, 0.9, 30, 30), count: 2, sampleShape: [2] });
    const [result] = await metric.results();
    expect(result).toMatchObject({ value: 0.5, samples: { real: 20, generated: 2 } });
    expect(result.protocol).toMatchObject({ features: { dataset: 'cloud', dimension: 2 }, neighbours: 2 });
  });

  it('refuses options before anything is measured', async () => {
    await expect(createMetric('frechet-distance', { ddof: 3 }, cloud)).rejects.toThrow('must be 0 or 1');
    await expect(createMetric('coverage', { neighbors: 3 }, cloud)).rejects.toThrow(
      'did you mean neighbours',
    );
    await expect(createMetric('ms-ssim', { pairs: 0 }, cloud)).rejects.toThrow('1 or more');
  });

  it('names samples of another shape', async () => {
    const metric = (await createMetric('kernel-distance', {}, cloud))!();
    await metric.update(normal(4, 3, [3]));
    await expect(metric.results()).rejects.toThrow('real features have 2 numbers, generated ones 3');
    expect(() => metric.update(generated)).toThrow('the shape of the ones before, [3], got [2]');
    expect(() => metric.update(normal(4, 3, [1, 3]))).toThrow(
      'the shape of the ones before, [3], got [1, 3]',
    );
  });
});
