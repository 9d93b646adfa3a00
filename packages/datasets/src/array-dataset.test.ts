import { describeDataset } from '@dist-gan/testing/dataset';
import { expect, it } from 'vitest';
import { failure } from '../test/failure.js';
import { arrayDataset, type ArrayDescription } from './array-dataset.js';

const description: ArrayDescription = {
  id: 'rows',
  title: 'Rows of four numbers',
  source: { title: 'made for this test', year: 2026 },
  options: {},
  sampleShape: [2, 2],
  range: [0, 1],
};

describeDataset('of bytes', {
  create: () =>
    arrayDataset(
      description,
      Uint8Array.from({ length: 12 }, (_, i) => i),
    ),
  expected: { size: 3, sampleShape: [2, 2], type: 'uint8' },
});

it('gives the samples that are asked for, of the kind that it was given', () => {
  const bytes = arrayDataset(
    description,
    Uint8Array.from({ length: 12 }, (_, i) => i),
  );
  expect(bytes.batch([2, 0])).toEqual(Uint8Array.of(8, 9, 10, 11, 0, 1, 2, 3));
  const numbers = arrayDataset(
    description,
    Float32Array.from({ length: 12 }, (_, i) => i / 16),
  );
  expect(numbers.batch([1])).toEqual(Float32Array.of(4, 5, 6, 7).map((value) => value / 16));
});

it.each([0, 10])('refuses %i numbers, which are no whole number of samples', async (length) => {
  const made = Promise.resolve().then(() => arrayDataset(description, new Uint8Array(length)));
  expect(await failure(made)).toMatch(
    new RegExp(`^OPTION_INVALID: rows: .* have 4 numbers each, and the array has ${length};`),
  );
});
