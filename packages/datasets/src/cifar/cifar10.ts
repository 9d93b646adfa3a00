import { DataNotFoundError, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { arrayDataset } from '../array-dataset.js';
import { dataFolder, type DatasetEnvironment } from '../environment.js';
import { checksum, compareWithPublished, md5, type Checksum } from '../files/checksum.js';
import { exists, readBytes } from '../files/file-system.js';
import type { LabelledImages } from '../mnist/mnist.js';
import { parseBatch, side } from './batch-file.js';

const schema = v.strictObject({
  /** `train` 50,000 images in five batches, `test` 10,000 in one. */
  split: v.optional(v.picklist(['train', 'test'], 'must be "train" or "test"'), 'train'),
  /** Which of the five batches of `train`. Default: those that are found. */
  batches: v.optional(
    v.pipe(
      v.array(v.picklist([1, 2, 3, 4, 5], 'must be 1 to 5')),
      v.minLength(1, 'must name a batch'),
      v.readonly(),
    ),
  ),
  /** Folder with the batches, or with a folder `cifar-10-batches-py` or `cifar10` above it. Default: the data folder. */
  folder: v.optional(v.string('must be the path of a folder')),
  /** What to do when a file is not the published one. */
  checksum,
});

export type Cifar10Options = v.InferInput<typeof schema>;
type ResolvedOptions = v.InferOutput<typeof schema>;

/** MD5 of the published files. */
const published: Readonly<Record<string, string>> = {
  data_batch_1: 'c99cafc152244af753f735de768cd75f',
  data_batch_2: 'd4bba439e000b95fd0a9bffe97cbabec',
  data_batch_3: '54ebc095f3ab1f0389bbae665268c751',
  data_batch_4: '634d18415352ddfa80567beed471001a',
  data_batch_5: '482c414d41f54cd18b22e5b47cb7c3cb',
  test_batch: '40351d587109b95175f43aff81a1287e',
};

const trainBatches = [1, 2, 3, 4, 5] as const;
const batchName = (batch: number) => `data_batch_${batch}`;

/** Where the batches may lie below a folder: in it, or where the archive and torchvision put them. */
const subfolders = ['.', 'cifar-10-batches-py', 'cifar10/cifar-10-batches-py', 'cifar10'];

/**
 * CIFAR-10: 32 x 32 colour photographs, uint8, with labels from 0 to 9 (airplane, automobile, bird, cat, deer, dog,
 * frog, horse, ship, truck). Reads the batches of the archive for Python as published.
 *
 * A training set of which some batches are missing is used as far as it goes, with a notice; `options.batches` then
 * says which ones there were.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when no batch, or not every named one, is found
 * @throws DatasetFormatError when a file is damaged or is another one
 */
export async function cifar10(
  options?: Cifar10Options,
  environment: DatasetEnvironment = {},
): Promise<LabelledImages> {
  const resolved = resolveOptions(schema, options, 'cifar10');
  const notice = environment.onNotice ?? (() => {});
  const place = findFolder(resolved, environment);
  const batches = resolved.split === 'test' ? [] : chooseBatches(resolved, place, notice);
  const files = resolved.split === 'test' ? ['test_batch'] : batches.map(batchName);
  const parts = files.map((name) => readBatch(`${place}/${name}`, name, resolved.checksum, notice));
  const { folder, ...others } = resolved;
  const made = arrayDataset(
    {
      id: 'cifar10',
      title: `CIFAR-10 (${resolved.split})`,
      source: {
        title: 'Krizhevsky: Learning multiple layers of features from tiny images',
        year: 2009,
        reference: 'technical report, University of Toronto',
      },
      options: {
        ...others,
        ...(batches.length > 0 && { batches }),
        ...(folder !== undefined && { folder }),
      },
      sampleShape: [side, side, 3],
      range: [0, 1],
    },
    joined(parts.map(({ images }) => images)),
  );
  return { ...made, labels: joined(parts.map(({ labels }) => labels)) };
}

/** The folder that has batches of the split. */
function findFolder({ folder, split }: ResolvedOptions, environment: DatasetEnvironment): string {
  const place = folder ?? environment.dataFolder ?? dataFolder();
  const names = split === 'test' ? ['test_batch'] : trainBatches.map(batchName);
  const found = subfolders
    .map((subfolder) => (subfolder === '.' ? place : `${place}/${subfolder}`))
    .find((each) => place !== undefined && names.some((name) => exists(`${each}/${name}`)));
  if (found !== undefined) return found;
  throw new DataNotFoundError(
    `cifar10: no ${split === 'test' ? 'test_batch' : 'data_batch_1 to 5'} ${place === undefined ? 'without a data folder' : `in ${place}`}; ` +
      'unpack cifar-10-python.tar.gz (www.cs.toronto.edu/~kriz/cifar.html) there, or name its folder with DIST_GAN_DATA',
    place ?? 'cifar10',
  );
}

/** Batches of the training set: the named ones, else those that are there. */
function chooseBatches(
  { batches }: ResolvedOptions,
  folder: string,
  notice: (message: string) => void,
): readonly number[] {
  const found = trainBatches.filter((batch) => exists(`${folder}/${batchName(batch)}`));
  if (batches === undefined) {
    if (found.length < trainBatches.length) {
      notice(
        `CIFAR-10: ${folder} has ${found.map(batchName).join(', ')} only, so the training set has ` +
          `${found.length}0,000 of its 50,000 images`,
      );
    }
    return found;
  }
  const missing = batches.find((batch) => !found.includes(batch));
  if (missing === undefined) return batches;
  throw new DataNotFoundError(
    `cifar10: there is no ${batchName(missing)} in ${folder}; unpack cifar-10-python.tar.gz there`,
    `${folder}/${batchName(missing)}`,
  );
}

function readBatch(
  path: string,
  name: string,
  mode: Checksum,
  warn: (message: string) => void,
): ReturnType<typeof parseBatch> {
  const content = readBytes(path, 'check that it is a file that you may read');
  const batch = parseBatch(content, path);
  const description = `this is not the published ${name}`;
  compareWithPublished(
    () => md5(content),
    path,
    { description, md5: published[name], remedy: 'unpack it again' },
    mode,
    warn,
  );
  return batch;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
