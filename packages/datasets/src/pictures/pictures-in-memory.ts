import { imagesInMemory, type ImagesDescription } from '../labelled-images.js';
import { namedAtMost, nothingWhole, type BrokenPicture } from './broken-picture.js';
import type { PictureDataset } from './picture-dataset.js';
import type { PictureDecoder } from './picture-decoder.js';

/** Pictures that are decoded at once. */
const decodedAtOnce = 512;

/** From so many pictures on, reading all of them is announced: it takes a while. */
const manyPictures = 5000;

/** Pictures that are all decoded now, and kept. Broken ones are left out. */
export async function picturesInMemory(
  description: ImagesDescription,
  files: readonly string[],
  decoder: PictureDecoder,
  notice: (message: string) => void,
): Promise<Omit<PictureDataset, 'pictures'>> {
  const { id, sampleShape } = description;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  if (files.length >= manyPictures) {
    const megabytes = ((files.length * length) / 2 ** 20).toFixed(0);
    notice(`${id}: reading ${files.length} pictures into memory (${megabytes} MB)`);
  }
  try {
    const { images, broken } = await decodeAll(files, length, decoder);
    if (broken.length > 0) notice(leftOut(id, broken, files.length));
    if (images.length === 0) throw nothingWhole(id, broken[0]);
    return { ...imagesInMemory(description, images), broken };
  } finally {
    await decoder.close();
  }
}

/** All whole pictures, one after the other, and those that are not. */
async function decodeAll(
  files: readonly string[],
  length: number,
  decoder: PictureDecoder,
): Promise<{ images: Uint8Array; broken: BrokenPicture[] }> {
  const images = new Uint8Array(files.length * length);
  const broken: BrokenPicture[] = [];
  let whole = 0;
  for (let start = 0; start < files.length; start += decodedAtOnce) {
    const part = files.slice(start, start + decodedAtOnce);
    const decoded = await decoder.decode(part);
    const places = new Map(decoded.broken.map(({ place, reason }) => [place, reason]));
    for (const [place, file] of part.entries()) {
      const reason = places.get(place);
      if (reason !== undefined) broken.push({ file, reason });
      else images.set(decoded.data.subarray(place * length, (place + 1) * length), whole++ * length);
    }
  }
  return { images: images.subarray(0, whole * length), broken };
}

function leftOut(id: string, broken: readonly BrokenPicture[], count: number): string {
  const named = broken.slice(0, namedAtMost).map(({ file, reason }) => `${file} (${reason})`);
  const more = broken.length > namedAtMost ? `, and ${broken.length - namedAtMost} more` : '';
  return `${id}: ${broken.length} of ${count} pictures cannot be used and are left out: ${named.join(', ')}${more}`;
}
