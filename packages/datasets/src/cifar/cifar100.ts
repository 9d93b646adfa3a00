import { choice, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import type { DatasetEnvironment } from '../environment.js';
import { labelledImages, type LabelledImages } from '../labelled-images.js';
import { side } from './cifar-batch.js';
import { cifar100Publication, type CifarLabels } from './publication.js';
import { cifarOptions, cifarSource, findCifar, readCifar } from './read-cifar.js';

const schema = v.strictObject({
  ...cifarOptions,
  /** `fine`: 100 classes; `coarse`: their 20 groups. */
  labels: v.optional(choice(['fine', 'coarse'], JSON.stringify), 'fine'),
});

export type Cifar100Options = v.InferInput<typeof schema>;

/** In a binary file the group comes first. */
const labelKinds: Readonly<Record<NonNullable<Cifar100Options['labels']>, CifarLabels>> = {
  fine: { key: 'fine_labels', byte: 1, classes: 100 },
  coarse: { key: 'coarse_labels', byte: 0, classes: 20 },
};

/**
 * CIFAR-100: 32 x 32 colour photographs, uint8, with labels from 0 to 99, or 0 to 19 for their groups. Reads the files
 * of the archive for Python or of the binary one, as published.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when the files are not there
 * @throws DatasetFormatError when a file is damaged or is another one
 */
export async function cifar100(
  options?: Cifar100Options,
  environment: DatasetEnvironment = {},
): Promise<LabelledImages> {
  const { id } = cifar100Publication;
  const resolved = resolveOptions(schema, options, id);
  const { split, labels, checksum } = resolved;
  const files = findCifar(cifar100Publication, { ...resolved, files: split }, environment);
  const notice = environment.onNotice ?? (() => {});
  return labelledImages(
    {
      id,
      title: `CIFAR-100 (${split})`,
      source: cifarSource,
      options: { ...resolved, from: files.form },
      sampleShape: [side, side, 3],
    },
    readCifar(cifar100Publication, labelKinds[labels], files, files.found, checksum, notice),
  );
}
