import { DatasetFormatError, DataNotFoundError } from '@dist-gan/core';
import { compareWithPublished, md5, type Checksum } from '../files/checksum.js';
import { exists, readBytes } from '../files/file-system.js';
import { gunzipIfNeeded } from '../files/gunzip.js';
import { parseIdx } from '../files/idx.js';
import { pixels, side, type Digits } from './digits.js';

/** The two files of MNIST's training or test set. */
export interface DigitFiles {
  readonly images: string;
  readonly labels: string;
}

type Part = 'train' | 'test';

/**
 * MD5 of the published files, unpacked. (Published are those of the gzipped files:
 * f68b3c2dcbeaaa9fbdd348bbdeb94873, d53e105ee54ea40749a09fcbcd1e9432, 9fb629c4189551a2d022fa330f9573f3,
 * ec29112dd5afa0611ce80d1b7f02629c. These are of what they hold, so that they serve unpacked files too.)
 */
const published: Record<Part, Record<keyof DigitFiles, { name: string; md5: string }>> = {
  train: {
    images: { name: 'train-images-idx3-ubyte', md5: '6bbc9ace898e44ae57da46a324031adb' },
    labels: { name: 'train-labels-idx1-ubyte', md5: 'a25bea736e30d166cdddb491f175f624' },
  },
  test: {
    images: { name: 't10k-images-idx3-ubyte', md5: '2646ac647ad5339dbf082846283269ea' },
    labels: { name: 't10k-labels-idx1-ubyte', md5: '27ae3e4e09519cfbb04c329615203637' },
  },
};

/** Where the files may lie below a folder: in it, in MNIST's own, or where torchvision puts them. */
const subfolders = ['.', 'mnist', 'MNIST/raw'];

/**
 * Finds the two files of a part, gzipped or not, in a folder or its `mnist`.
 *
 * @returns nothing when neither is there
 * @throws DataNotFoundError when one is there without the other
 */
export function findDigitFiles(folder: string, part: Part): DigitFiles | undefined {
  for (const subfolder of subfolders) {
    const place = subfolder === '.' ? folder : `${folder}/${subfolder}`;
    const images = findFile(place, published[part].images.name);
    const labels = findFile(place, published[part].labels.name);
    if (images !== undefined && labels !== undefined) return { images, labels };
    if (images === undefined && labels === undefined) continue;
    const missing = published[part][images === undefined ? 'images' : 'labels'].name;
    throw new DataNotFoundError(
      `mnist: ${place} has ${images ?? labels} but no ${missing} (or ${missing}.gz); put it there`,
      `${place}/${missing}`,
    );
  }
  return undefined;
}

function findFile(folder: string, name: string): string | undefined {
  // Some tools unpack train-images-idx3-ubyte.gz as train-images.idx3-ubyte.
  const names = [name, name.replace('-idx', '.idx')];
  return names.flatMap((each) => [`${folder}/${each}`, `${folder}/${each}.gz`]).find((path) => exists(path));
}

/**
 * Reads images and labels.
 *
 * @param warn hears of a file that is not the published one, when `checksum` is `warn`
 * @throws DatasetFormatError when a file is damaged, has another format, or does not fit the other
 */
export async function readDigitFiles(
  files: DigitFiles,
  part: Part,
  checksum: Checksum,
  warn: (message: string) => void,
): Promise<Digits> {
  const read = async (kind: keyof DigitFiles) => {
    const file = files[kind];
    const remedy = 'check that it is a file that you may read';
    const content = await gunzipIfNeeded(readBytes(file, remedy), file);
    const array = parseIdx(content, file, kind === 'images' ? 3 : 1);
    const { name, md5: expected } = published[part][kind];
    compareWithPublished(
      () => md5(content),
      file,
      {
        description: `these are not the published ${name}`,
        hashed: 'the unpacked file',
        md5: expected,
        remedy: 'download it again',
      },
      checksum,
      warn,
    );
    return array;
  };
  const images = await read('images');
  const labels = await read('labels');
  const [count, height, width] = images.dimensions;
  if (height !== side || width !== side) {
    throw new DatasetFormatError(
      `${files.images}, byte 8: images of ${height} x ${width} pixels, wanted ${side} x ${side}; is it MNIST?`,
      files.images,
      8,
    );
  }
  if (count === 0 || labels.dimensions[0] !== count) {
    throw new DatasetFormatError(
      `${files.labels}, byte 4: ${labels.dimensions[0]} labels for ${count} images in ${files.images}; ` +
        'take both files of the same part',
      files.labels,
      4,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    const offset = labels.dataOffset + wrong;
    throw new DatasetFormatError(
      `${files.labels}, byte ${offset}: label ${labels.data[wrong]}, wanted 0 to 9; is it MNIST?`,
      files.labels,
      offset,
    );
  }
  return { images: images.data.subarray(0, count * pixels), labels: labels.data };
}
