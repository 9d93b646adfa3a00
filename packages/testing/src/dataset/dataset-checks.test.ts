import { OptionError, type Dataset } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { failedChecks } from '../check.js';
import { datasetChecks, describeDataset, type DatasetSubject } from './dataset-checks.js';

const size = 5;

/** Five points on a line, the class of each its index. */
function points(change: Partial<Dataset> = {}): Dataset {
  return {
    id: 'five-points',
    title: 'Five points',
    source: { title: 'Made for this test', year: 2026 },
    options: {},
    size,
    sampleShape: [2],
    range: [0, 1],
    labels: Uint8Array.from([0, 1, 2, 3, 4]),
    batch: (indices) => {
      const wrong = Array.from(indices).find(
        (index) => !Number.isInteger(index) || index < 0 || index >= size,
      );
      if (wrong !== undefined) throw new OptionError(`index ${wrong} is not from 0 to 4`, 'indices', wrong);
      return Float32Array.from(Array.from(indices).flatMap((index) => [index / 4, 1 - index / 4]));
    },
    ...change,
  };
}

const expected: DatasetSubject['expected'] = { size: 5, sampleShape: [2], type: 'float32', classes: 5 };

describeDataset('a right data set', { create: () => points(), expected });
describeDataset('a right data set of bytes that is read from files', {
  create: () =>
    Promise.resolve(
      points({
        labels: undefined,
        batch: (indices) => Promise.resolve(points().batch(indices)).then(toBytes),
      }),
    ),
  expected: { ...expected, type: 'uint8', classes: undefined },
});

const whole = points();
const shared = whole.batch([0, 1, 2, 3, 4]) as Float32Array;
let made = 0;

/** Writes every batch of a size into the same array. */
function reusing(): Dataset['batch'] {
  const arrays = new Map<number, Float32Array>();
  return (indices) => {
    const batch = whole.batch(indices) as Float32Array;
    const array = arrays.get(indices.length) ?? new Float32Array(batch.length);
    arrays.set(indices.length, array);
    array.set(batch);
    return array;
  };
}

const broken: { what: string; change: Partial<Dataset>; fails: string[] }[] = [
  { what: 'an id with spaces', change: { id: 'Five Points' }, fails: ['describes itself'] },
  {
    what: 'options that JSON drops',
    change: { options: { seed: undefined } as never },
    fails: ['describes itself'],
  },
  { what: 'another shape', change: { sampleShape: [2, 1] }, fails: ['has the expected size and shape'] },
  {
    what: 'doubles',
    change: { batch: (indices) => Float64Array.from(whole.batch(indices) as Float32Array) as never },
    fails: ['gives whole samples of the expected type'],
  },
  {
    what: 'a narrow range',
    change: { range: [0.25, 1] },
    fails: ['keeps its values in its range'],
  },
  {
    what: 'too few labels',
    change: { labels: Uint8Array.from([0, 1]) },
    fails: ['has a label from its classes for every sample'],
  },
  {
    what: 'a label beyond the classes',
    change: { labels: Uint8Array.from([0, 1, 2, 3, 5]) },
    fails: ['has a label from its classes for every sample'],
  },
  {
    what: 'labels that are all 0',
    change: { labels: new Uint8Array(size) },
    fails: ['has a label from its classes for every sample'],
  },
  {
    what: 'labels of another type',
    change: { labels: [0, 1, 2, 3, 4] as never },
    fails: ['has a label from its classes for every sample'],
  },
  {
    what: 'indices that are sorted where they are',
    change: {
      batch: (indices) => {
        const batch = whole.batch(indices);
        (indices as number[]).sort((a, b) => a - b);
        return batch;
      },
    },
    fails: ['gives samples in the order of the indices', 'answers several calls at a time'],
  },
  {
    what: 'indices of a list alone',
    change: {
      batch: (indices) => {
        if (!Array.isArray(indices)) throw new TypeError('indices.flatMap is not a function');
        return whole.batch(indices);
      },
    },
    fails: ['gives samples in the order of the indices'],
  },
  {
    what: 'one array for all batches of a size',
    change: { batch: reusing() },
    fails: ['answers several calls at a time'],
  },
  {
    what: 'samples sorted by index',
    change: { batch: (indices) => whole.batch(Float64Array.from(indices).sort()) },
    fails: ['gives samples in the order of the indices'],
  },
  {
    what: 'a batch that is a view of the data',
    change: {
      batch: (indices) => (indices.length === size ? shared : whole.batch(indices)),
    },
    fails: ['gives the same samples on a second pass'],
  },
  {
    what: 'no check of indices',
    change: { batch: (indices) => whole.batch(Array.from(indices, (index) => Math.abs(index | 0) % size)) },
    fails: ['refuses an index that names no sample'],
  },
  {
    what: 'an error that is not ours',
    change: {
      batch: (indices) => {
        if (Array.from(indices).some((index) => !(index in shared) || index >= size)) throw new RangeError();
        return whole.batch(indices);
      },
    },
    fails: ['refuses an index that names no sample'],
  },
];

it.each(broken)('finds $what', async ({ change, fails }) => {
  const failed = await failedChecks(datasetChecks({ create: () => points(change), expected }));
  expect(failed).toEqual(fails);
});

it('finds labels that nobody announced', async () => {
  const failed = await failedChecks(
    datasetChecks({ create: () => points(), expected: { ...expected, classes: undefined } }),
  );
  expect(failed).toEqual(['has no labels']);
});

it('finds other samples each time it is made', async () => {
  const create = (): Dataset => {
    const shift = ++made / 100;
    return points({
      batch: (indices) => (whole.batch(indices) as Float32Array).map((value) => value * (1 - shift)),
    });
  };
  expect(await failedChecks(datasetChecks({ create, expected }))).toEqual([
    'holds the same samples when made again',
  ]);
});

function toBytes(values: Float32Array | Uint8Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * value));
}
