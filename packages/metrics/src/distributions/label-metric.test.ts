import { isGanError, type Metric, type SampleBatch } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { functionExtractor } from '../extractors/function-extractor.js';
import { classifyChannels } from '../extractors/classifiers/classify-channels.js';
import { labelMetric, type LabelMetricOptions } from './label-metric.js';

/** Classifies without error images whose second pixel is 20 times their digit: logits are minus the distances. */
const classifier = functionExtractor({
  id: 'perfect',
  dimension: 10,
  batchSize: 7,
  features: ({ data, count }) =>
    Float32Array.from(
      { length: count * 10 },
      (_, i) => -Math.abs(data[Math.floor(i / 10) * 2 + 1] - 20 * (i % 10)),
    ),
});

/** Images of 1 x 2 pixels, each channel with a digit. */
function images(digits: readonly (readonly number[])[]): SampleBatch {
  const channels = digits[0].length;
  const data = digits.flatMap((ofImage) => [
    ...ofImage.map((_, channel) => channel / 255),
    ...ofImage.map((digit) => (20 * digit) / 255),
  ]);
  return { data: Float32Array.from(data), count: digits.length, sampleShape: [1, 2, channels] };
}

const digitsOf = (label: number) => [Math.floor(label / 100), Math.floor(label / 10) % 10, label % 10];

async function valuesOf(metric: Metric): Promise<Record<string, number>> {
  return Object.fromEntries((await metric.results()).map(({ id, value }) => [id, value]));
}

async function measure(
  digits: readonly (readonly number[])[],
  options: Omit<LabelMetricOptions, 'classifier'> = {},
) {
  const metric = labelMetric({ classifier, ...options });
  await metric.update(images(digits));
  return valuesOf(metric);
}

it('makes a label of the digits of the channels, red first', async () => {
  const labels = [0, 7, 123, 410, 999];
  const { data, ...shape } = images(labels.map(digitsOf));
  const bytes = Uint8Array.from(data, (value) => Math.round(255 * value));
  expect([...(await classifyChannels(classifier, { data: bytes, ...shape }))]).toEqual(labels);
});

it('knows the KL of histograms that are known', async () => {
  const all = Array.from({ length: 10 }, (_, digit) => [digit]);
  expect(await measure(all)).toMatchObject({ 'modes-covered': 10, 'kl-divergence': 0, 'total-variation': 0 });
  expect((await measure([[3], [3], [3]]))['kl-divergence']).toBeCloseTo(Math.log(10), 12);
  // Half of the samples are of one class, half of another: KL = ln(10 / 2), TV = (2 |1/2 - 1/10| + 8 / 10) / 2.
  const two = await measure([[0], [9], [9], [0]]);
  expect(two['modes-covered']).toBe(2);
  expect(two['kl-divergence']).toBeCloseTo(Math.log(5), 12);
  expect(two['total-variation']).toBeCloseTo(0.8, 12);
});

it('compares with the labels of the data where told to', async () => {
  const counts = [3, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  const reference = { counts, name: 'labels of mnist' };
  const values = await measure([[0], [1]], { reference });
  expect(values['kl-divergence']).toBeCloseTo(0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(0.5 / 0.25), 12);
  const metric = labelMetric({ classifier, reference });
  expect(metric.protocol).toMatchObject({
    reference: 'labels of mnist',
    classifier: { extractor: 'perfect' },
  });
});

it('covers the modes of MNIST-1K, with a bin for every label', async () => {
  const every = Array.from({ length: 1000 }, (_, label) => digitsOf(label));
  expect(await measure(every, { channels: 3 })).toMatchObject({ 'modes-covered': 1000, 'kl-divergence': 0 });
  // Neither the first nor the last label occurs: the bins stay where they are.
  const few = await measure([1, 998, 998, 1].map(digitsOf), { channels: 3 });
  expect(few['modes-covered']).toBe(2);
  expect(few['kl-divergence']).toBeCloseTo(Math.log(500), 12);
  const often = await measure([1, 1, 998].map(digitsOf), { channels: 3, minimumCount: 2 });
  expect(often['modes-covered']).toBe(1);
});

it('does not depend on batches', async () => {
  const metric = labelMetric({ classifier });
  await metric.update(images([[1], [2]]));
  await metric.update(images([[2], [3], [3]]));
  expect(await valuesOf(metric)).toEqual(await measure([[3], [2], [1], [3], [2]]));
});

it('refuses images with other channels', async () => {
  let thrown: unknown;
  try {
    await measure([[1, 2, 3]]);
  } catch (error) {
    thrown = error;
  }
  expect(isGanError(thrown, 'SHAPE_MISMATCH')).toBe(true);
  expect((thrown as Error).message).toContain('wanted images with 1 channel, got samples of shape [1, 2, 3]');
});
