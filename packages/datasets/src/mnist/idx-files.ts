import { DatasetFormatError, DataNotFoundError } from '@dist-gan/core';
import { compareWithPublished, md5, type Checksum } from '../files/checksum.js';
import { isFile, readBytes } from '../files/file-system.js';
import { gunzipIfNeeded } from '../files/gunzip.js';
import { readIdx } from '../files/idx.js';
import { pixels, side, type Digits } from './digits.js';
import type { IdxPublication, Part, PublishedIdxFile } from './idx-publication.js';

/** The two files of a training or test set. */
interface IdxFiles {
  readonly images: string;
  readonly labels: string;
}

/**
 * Finds the two files of a part, gzipped or not, in a folder or where the publication may lie below it.
 *
 * @returns nothing when neither is there
 * @throws DataNotFoundError when one is there without the other
 */
export function findIdxFiles(
  { id, subfolders, files }: IdxPublication,
  folder: string,
  part: Part,
): IdxFiles | undefined {
  for (const subfolder of subfolders) {
    const place = subfolder === '.' ? folder : `${folder}/${subfolder}`;
    const images = findFile(place, files[part].images.name);
    const labels = findFile(place, files[part].labels.name);
    if (images !== undefined && labels !== undefined) return { images, labels };
    if (images === undefined && labels === undefined) continue;
    const missing = files[part][images === undefined ? 'images' : 'labels'].name;
    throw new DataNotFoundError(
      `${id}: ${place} has ${images ?? labels} but no ${missing} (or ${missing}.gz); put it there`,
      `${place}/${missing}`,
    );
  }
  return undefined;
}

function findFile(folder: string, name: string): string | undefined {
  // Some tools unpack train-images-idx3-ubyte.gz as train-images.idx3-ubyte.
  const names = [name, name.replace('-idx', '.idx')];
  // Others, Kaggle's among them, unpack it into a folder of its own name.
  return names
    .flatMap((each) => [`${folder}/${each}`, `${folder}/${each}.gz`, `${folder}/${each}/${each}`])
    .find((path) => isFile(path));
}

/**
 * Reads images and labels.
 *
 * @param warn hears of a file that is not the published one, when `checksum` is `warn`
 * @throws DatasetFormatError when a file is damaged, has another format, or does not fit the other
 */
export async function readIdxFiles(
  files: IdxFiles,
  { title, files: published }: IdxPublication,
  part: Part,
  checksum: Checksum,
  warn: (message: string) => void,
): Promise<Digits> {
  const read = async (kind: keyof IdxFiles) => {
    const file = files[kind];
    const packed = readBytes(file, 'check that it is a file that you may read');
    const content = await gunzipIfNeeded(packed, file);
    const array = readIdx(content, file, kind === 'images' ? 3 : 1);
    compare(packed, content, file, published[part][kind], checksum, warn);
    return array;
  };
  const images = await read('images');
  const labels = await read('labels');
  const [count, height, width] = images.dimensions;
  if (height !== side || width !== side) {
    throw new DatasetFormatError(
      `${files.images}, byte 8: images of ${height} x ${width} pixels, wanted ${side} x ${side}; is it ${title}?`,
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
      `${files.labels}, byte ${offset}: label ${labels.data[wrong]}, wanted 0 to 9; is it ${title}?`,
      files.labels,
      offset,
    );
  }
  return { images: images.data.subarray(0, count * pixels), labels: labels.data };
}

/** Holds a file to its checksum; one that somebody unpacked only where a checksum of its content is known. */
function compare(
  packed: Uint8Array,
  content: Uint8Array,
  file: string,
  { name, gzippedMd5, unpackedMd5 }: PublishedIdxFile,
  checksum: Checksum,
  warn: (message: string) => void,
): void {
  const description = `these are not the published ${name}`;
  const remedy = 'download it again';
  if (unpackedMd5 !== undefined) {
    const published = { description, hashed: 'the unpacked file', md5: unpackedMd5, remedy };
    compareWithPublished(() => md5(content), file, published, checksum, warn);
  } else if (packed !== content) {
    const published = { description, md5: gzippedMd5, remedy };
    compareWithPublished(() => md5(packed), file, published, checksum, warn);
  }
}
