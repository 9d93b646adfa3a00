import { expect, it } from 'vitest';
import { FrechetMetric } from './frechet-metric.js';

it('says of the real samples alone which split they are of', async () => {
  const real = {
    dimension: 1,
    mean: Float64Array.of(0),
    covariance: Float64Array.of(2),
    ddof: 1,
    protocol: { extractor: 'a network', resize: 'none', split: 'test' },
  } as const;
  const metric = new FrechetMetric(real);
  await metric.update({ data: Float32Array.of(2, 4), count: 2, sampleShape: [1] });
  const [{ value, protocol }] = await metric.results();
  // Mean 3 and variance 2.
  expect(value).toBeCloseTo(9, 12);
  expect(protocol).toMatchObject({ features: { extractor: 'a network', resize: 'none' }, realSplit: 'test' });
  expect(protocol).not.toHaveProperty('generatedSplit');
});
