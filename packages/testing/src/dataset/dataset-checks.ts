import { isGanError, type Dataset, type SampleData } from '@dist-gan/core';
import { expect } from 'vitest';
import { describeChecks, type Check } from '../check.js';
import { expectDescribedItem } from '../item.js';

/** How a data set is tested. */
export interface DatasetSubject {
  /** Makes the data set. It is made twice: both must hold the same samples. */
  create(): Dataset | Promise<Dataset>;
  /** What is known of the data set from elsewhere. */
  readonly expected: {
    readonly size: number;
    readonly sampleShape: readonly number[];
    readonly type: 'float32' | 'uint8';
    /** How many classes the labels tell apart; leave it out for a data set without labels. */
    readonly classes?: number;
  };
}

/** How many samples, evenly spread, are read to judge the values of a data set. */
const samplesRead = 1000;

/** Tests a data set; see {@link datasetChecks} for what is tested. */
export function describeDataset(title: string, subject: DatasetSubject): void {
  describeChecks(title, datasetChecks(subject));
}

/** Everything that must be true of a data set, as functions that throw when it is not. */
export function datasetChecks(subject: DatasetSubject): Check[] {
  const { expected } = subject;
  // Made once, when the first check asks: a data set may read large files.
  let made: Promise<Dataset> | undefined;
  const dataset = (): Promise<Dataset> => (made ??= Promise.resolve(subject.create()));
  const check = (name: string, run: (made: Dataset) => void | Promise<void>): Check => ({
    name,
    run: async () => run(await dataset()),
  });
  return [
    check('describes itself', expectDescribedItem),
    check('has the expected size and shape', (made) => {
      expect(made.size, 'size').toBe(expected.size);
      expect(made.sampleShape, 'sampleShape').toEqual(expected.sampleShape);
    }),
    check('gives whole samples of the expected type', (made) => checkType(made, expected.type)),
    check('keeps its values in its range', checkRange),
    expected.classes === undefined
      ? check('has no labels', (made) => expect(made.labels, 'labels').toBeUndefined())
      : check('has a label from its classes for every sample', (made) =>
          checkLabels(made, expected.classes!),
        ),
    check('gives samples in the order of the indices', checkOrder),
    check('answers several calls at a time', checkCallsAtATime),
    check('gives the same samples on a second pass', checkSecondPass),
    check('holds the same samples when made again', async (made) => {
      const again = await subject.create();
      expectSameSamples(await again.batch(spread(again)), await made.batch(spread(made)), 'samples');
      expect(again.labels, 'labels').toEqual(made.labels);
    }),
    check('refuses an index that names no sample', checkBadIndices),
  ];
}

async function checkType(dataset: Dataset, type: 'float32' | 'uint8'): Promise<void> {
  const batch = await dataset.batch([0, dataset.size - 1, 0]);
  expect(batch, 'samples').toBeInstanceOf(type === 'float32' ? Float32Array : Uint8Array);
  expect(batch.length, 'numbers in 3 samples').toBe(3 * sampleLength(dataset));
  expect((await dataset.batch([])).length, 'numbers in no sample').toBe(0);
}

async function checkRange(dataset: Dataset): Promise<void> {
  const [low, high] = dataset.range;
  expect(low, 'low end of the range').toBeLessThan(high);
  const data = await dataset.batch(spread(dataset));
  if (data instanceof Uint8Array) return;
  const outside = data.findIndex((value) => !(value >= low && value <= high));
  expect(data[outside], `value ${outside}, outside of [${low}, ${high}]`).toBeUndefined();
}

function checkLabels({ labels, size }: Dataset, classes: number): void {
  const isList =
    labels instanceof Uint8Array || labels instanceof Uint16Array || labels instanceof Int32Array;
  expect(isList, 'labels are a Uint8Array, Uint16Array or Int32Array').toBe(true);
  expect(labels!.length, 'number of labels').toBe(size);
  const distinct = [...new Set(labels)].sort((a, b) => a - b);
  expect(distinct[0], 'smallest label').toBeGreaterThanOrEqual(0);
  expect(distinct.at(-1), 'largest label').toBeLessThan(classes);
  // Labels that are read from the wrong place are often all 0.
  expect(distinct.length, 'different labels').toBeGreaterThanOrEqual(Math.min(2, classes, size));
}

async function checkOrder(dataset: Dataset): Promise<void> {
  const indices = [dataset.size - 1, 0, Math.floor(dataset.size / 2), 0];
  const given = indices.slice();
  const together = (await dataset.batch(given)).slice();
  expect(given, 'indices after batch() was given them').toEqual(indices);
  const length = sampleLength(dataset);
  for (const [place, index] of indices.entries()) {
    const sample = together.slice(place * length, (place + 1) * length);
    expectSameSamples(sample, await dataset.batch([index]), `sample ${index} at place ${place}`);
  }
  // The trainer's are these.
  expectSameSamples(await dataset.batch(Uint32Array.from(indices)), together, 'samples by a Uint32Array');
}

/** The trainer asks two steps ahead: a batch must not be written into once it is given away. */
async function checkCallsAtATime(dataset: Dataset): Promise<void> {
  const calls = [0, dataset.size - 1, Math.floor(dataset.size / 2)].map((index) => [index, 0]);
  const alone: SampleData[] = [];
  for (const indices of calls) alone.push((await dataset.batch(indices)).slice());
  const together = await Promise.all(calls.map(async (indices) => dataset.batch(indices)));
  for (const [at, indices] of calls.entries())
    expectSameSamples(together[at], alone[at], `samples ${indices.join(', ')}, asked for with others`);
}

async function checkSecondPass(dataset: Dataset): Promise<void> {
  const first = await dataset.batch(spread(dataset));
  const kept = first.slice();
  // What a caller does with a batch must not reach the data set.
  first.fill(0);
  expectSameSamples(await dataset.batch(spread(dataset)), kept, 'samples of the second pass');
}

async function checkBadIndices(dataset: Dataset): Promise<void> {
  for (const index of [-1, dataset.size, 0.5, NaN]) {
    const outcome = await attempt(() => dataset.batch([0, index]));
    expect(isGanError(outcome), `batch([0, ${index}]) throws an error of @dist-gan/core`).toBe(true);
  }
}

/** The same numbers in arrays of the same type. Compared here: vitest would take seconds for a million of them. */
function expectSameSamples(actual: SampleData, wanted: SampleData, what: string): void {
  expect(actual.constructor, `type of ${what}`).toBe(wanted.constructor);
  expect(actual.length, `length of ${what}`).toBe(wanted.length);
  const differing = actual.findIndex((value, i) => !Object.is(value, wanted[i]));
  expect(actual[differing], `number ${differing} of ${what}`).toBe(wanted[differing]);
}

/** The error that a call throws, or what it gives. */
async function attempt(call: () => SampleData | Promise<SampleData>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

function sampleLength(dataset: Dataset): number {
  return dataset.sampleShape.reduce((product, length) => product * length, 1);
}

/** Indices from the first sample to the last, evenly spread. */
function spread(dataset: Dataset): number[] {
  const count = Math.min(samplesRead, dataset.size);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (dataset.size - 1)) / (count - 1)),
  );
}
