import { choice, positiveInteger, resolveOptions } from '@dist-gan/core';
import * as v from 'valibot';
import { filesNotFound, findFolder, placeOfFiles, type DatasetEnvironment } from '../environment.js';
import { listPictures } from '../pictures/list-pictures.js';
import type { PictureDataset } from '../pictures/picture-dataset.js';
import { pictureDataset, pictureOptions } from '../pictures/make-picture-dataset.js';

const schema = v.strictObject({
  /** By the number of the picture: `train` the first 162,770, `validation` the next 19,867, `test` the last 19,962. */
  split: v.optional(choice(['all', 'train', 'validation', 'test'], JSON.stringify), 'all'),
  /** Height and width of the images, in pixels. */
  size: v.optional(positiveInteger, 64),
  /** Folder with the pictures, or with a folder `img_align_celeba`. Default: the data folder. */
  folder: v.optional(v.string('must be the path of a folder')),
  ...pictureOptions,
});

export type CelebaOptions = v.InferInput<typeof schema>;

/** The authors of Dist-GAN cut 108 x 108 pixels out of the middle of 218 x 178: rows from 55, columns from 35. */
const crop = 108;

/** Numbers of the first and the last picture of each part, as `list_eval_partition.txt` has it. */
const splits = {
  all: [1, 202_599],
  train: [1, 162_770],
  validation: [162_771, 182_637],
  test: [182_638, 202_599],
} as const;

const subfolders = ['.', 'img_align_celeba', 'celeba/img_align_celeba', 'celeba'];

/**
 * CelebA, aligned and cropped: faces, uint8, 64 x 64 as the authors of Dist-GAN prepare them: the middle 108 x 108 pixels,
 * resized bilinearly without antialiasing (scikit-image before 0.15). Reads the folder of JPEG files. Needs the npm
 * package `sharp`.
 *
 * The whole set takes 2.5 GB; it is decoded while it is used unless `memoryMegabytes` allows for that much.
 *
 * @throws OptionError for bad options
 * @throws DataNotFoundError when there are no pictures of the split
 * @throws DatasetFormatError when none of the pictures can be used
 * @throws BackendError when sharp is not installed
 */
export async function celeba(
  options?: CelebaOptions,
  environment: DatasetEnvironment = {},
): Promise<PictureDataset> {
  const id = 'celeba';
  const resolved = resolveOptions(schema, options, id);
  const { split, size, memoryMegabytes, workers } = resolved;
  const [first, last] = splits[split];
  const place = placeOfFiles(resolved.folder, environment);
  const folder = findFolder(place, subfolders, [fileName(first)]);
  if (folder === undefined) {
    throw filesNotFound(
      id,
      `picture ${fileName(first)}`,
      place,
      'unpack img_align_celeba.zip (mmlab.ie.cuhk.edu.hk/projects/CelebA.html) there',
    );
  }
  const files = (await listPictures(folder)).files.filter((file) => {
    const number = /\/(\d{6})\.jpg$/.exec(file)?.[1];
    return number !== undefined && Number(number) >= first && Number(number) <= last;
  });
  const notice = environment.onNotice ?? (() => {});
  const wanted = last - first + 1;
  if (files.length < wanted) {
    notice(`CelebA: ${folder} has ${files.length} of the ${wanted} pictures of split "${split}"`);
  }
  return pictureDataset(
    {
      id,
      title: `CelebA (${split}), ${size} x ${size}`,
      source: {
        title: 'Liu, Luo, Wang, Tang: Deep Learning Face Attributes in the Wild',
        year: 2015,
        reference: 'arXiv:1411.7766',
        code: 'crop and resize of tntrung/gan, distgan_image/modules/dataset.py',
      },
      options: resolved,
    },
    { folder, files },
    { height: size, width: size, channels: 3, crop, resize: 'stretch', resampling: 'interpolated' },
    { memoryMegabytes, workers, notice },
  );
}

function fileName(number: number): string {
  return `${String(number).padStart(6, '0')}.jpg`;
}
