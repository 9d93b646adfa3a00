import { DataNotFoundError, OptionError, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import type { DatasetEnvironment } from '../environment.js';
import { labelledImages, type LabelledImages } from '../labelled-images.js';
import { side } from './cifar-batch.js';
import { cifar10Publication } from './publication.js';
import { cifarOptions, cifarSource, findCifar, readCifar, type FoundFiles } from './read-cifar.js';

const schema = v.strictObject({
  ...cifarOptions,
  /** Which of the five batches of `train`; `test` has none. Default: those that are found. */
  batches: v.optional(
    v.pipe(
      v.array(v.picklist([1, 2, 3, 4, 5], 'must be 1 to 5')),
      v.minLength(1, 'must name a batch'),
      v.readonly(),
    ),
  ),
});

export type Cifar10Options = v.InferInput<typeof schema>;

const labels = { key: 'labels', byte: 0, classes: 10 };

/**
 * CIFAR-10: 32 x 32 colour photographs, uint8, with labels from 0 to 9 (airplane, automobile, bird, cat, deer, dog,
 * frog, horse, ship, truck). Reads the batches of the archive for Python or of the binary one, as published.
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
  const { id } = cifar10Publication;
  const resolved = resolveOptions(schema, options, id);
  const { split, checksum } = resolved;
  if (split === 'test' && resolved.batches !== undefined) {
    throw new OptionError(
      `${id}.batches: names batches of the training set (got ${resolved.batches.join(', ')}), and split "test" has none; leave out one of them`,
      `${id}.batches`,
      resolved.batches,
    );
  }
  const notice = environment.onNotice ?? (() => {});
  const wanted = { ...resolved, files: split === 'test' ? 'test_batch' : 'data_batch_1 to 5' };
  const files = findCifar(cifar10Publication, wanted, environment);
  const batches = split === 'test' ? undefined : chooseBatches(resolved.batches, files, notice);
  const chosen = files.archive.files[split].filter((_, i) => batches?.includes(i + 1) ?? true);
  return labelledImages(
    {
      id,
      title: `CIFAR-10 (${split})`,
      source: cifarSource,
      options: { ...resolved, from: files.form, batches },
      sampleShape: [side, side, 3],
    },
    readCifar(cifar10Publication, labels, files, chosen, checksum, notice),
  );
}

/** Batches of the training set, from 1 to 5: the named ones, else those that are there. */
function chooseBatches(
  named: readonly number[] | undefined,
  { archive, folder, found }: FoundFiles,
  notice: (message: string) => void,
): readonly number[] {
  const all = archive.files.train;
  const there = all.flatMap((file, i) => (found.includes(file) ? [i + 1] : []));
  if (named === undefined) {
    if (there.length < all.length) {
      notice(
        `CIFAR-10: ${folder} has ${found.map(({ name }) => name).join(', ')} only, so the training set has ` +
          `${there.length}0,000 of its 50,000 images`,
      );
    }
    return there;
  }
  const missing = named.find((batch) => !there.includes(batch));
  if (missing === undefined) return named;
  const { name } = all[missing - 1];
  throw new DataNotFoundError(
    `cifar10: there is no ${name} in ${folder}; unpack ${archive.name} there`,
    `${folder}/${name}`,
  );
}
