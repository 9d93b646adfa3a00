import { choice, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { filesNotFound, placeOfFiles, type DatasetEnvironment } from '../environment.js';
import { fileOptions } from '../files/file-options.js';
import { labelledImages, type LabelledImages } from '../labelled-images.js';
import { side } from './digits.js';
import { findIdxFiles, readIdxFiles } from './idx-files.js';
import { fashionMnistPublication, parts } from './idx-publication.js';

const schema = v.strictObject({
  /** `train` 60,000 images, `test` 10,000. */
  split: v.optional(choice(parts, JSON.stringify), 'train'),
  ...fileOptions,
});

export type FashionMnistOptions = v.InferInput<typeof schema>;

/**
 * Fashion-MNIST: 28 x 28 grey pictures of clothes in the files of MNIST, uint8, with labels from 0 to 9 (T-shirt,
 * trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot).
 *
 * Only files that are still gzipped can be held to a checksum: none is published of what they hold.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when the files are not there
 * @throws DatasetFormatError when a file is damaged or is another one
 */
export async function fashionMnist(
  options?: FashionMnistOptions,
  environment: DatasetEnvironment = {},
): Promise<LabelledImages> {
  const id = fashionMnistPublication.id;
  const resolved = resolveOptions(schema, options, id);
  const { split, checksum } = resolved;
  const place = placeOfFiles(resolved.folder, environment);
  const files = place === undefined ? undefined : findIdxFiles(fashionMnistPublication, place, split);
  if (files === undefined) {
    throw filesNotFound(
      id,
      'idx files',
      place,
      'run dist-gan fetch fashion-mnist, or put the four files (github.com/zalandoresearch/fashion-mnist) into a ' +
        'folder fashion-mnist there',
    );
  }
  const notice = environment.onNotice ?? (() => {});
  return labelledImages(
    {
      id,
      title: `Fashion-MNIST (${split})`,
      source: {
        title: 'Xiao, Rasul, Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking',
        year: 2017,
        reference: 'arXiv:1708.07747',
      },
      options: resolved,
      sampleShape: [side, side, 1],
    },
    await readIdxFiles(files, fashionMnistPublication, split, checksum, notice),
  );
}
