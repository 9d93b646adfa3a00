import { assertIndices } from '../assert-indices.js';
import { describedImages, type ImagesDescription } from '../labelled-images.js';
import { namedAtMost, nothingWhole, type BrokenPicture } from './broken-picture.js';
import type { PictureDataset } from './picture-dataset.js';
import type { PictureDecoder } from './picture-decoder.js';

/**
 * Pictures that are decoded when they are asked for. A broken one is found only then: the next whole one in the order of
 * the files stands in for it, so that a sample is the same whoever finds it first.
 */
export function streamedPictures(
  description: ImagesDescription,
  files: readonly string[],
  decoder: PictureDecoder,
  notice: (message: string) => void,
): Omit<PictureDataset, 'pictures'> {
  const { id, sampleShape } = description;
  const length = sampleShape.reduce((product, extent) => product * extent, 1);
  const broken = new Map<string, BrokenPicture>();

  /** The first file from this index on that is not known to be broken; behind the last comes the first. */
  const wholeFrom = (index: number): string => {
    for (let i = 0; i < files.length; i++) {
      const file = files[(index + i) % files.length];
      if (!broken.has(file)) return file;
    }
    throw nothingWhole(id, broken.get(files[index])!);
  };
  const remember = (found: BrokenPicture) => {
    if (broken.has(found.file)) return;
    broken.set(found.file, found);
    if (broken.size <= namedAtMost) {
      notice(`${id}: ${found.file} cannot be used (${found.reason}); the next picture stands in for it`);
    }
  };
  return {
    ...describedImages(description),
    size: files.length,
    get broken() {
      return [...broken.values()];
    },
    async batch(indices) {
      assertIndices(id, indices, files.length);
      const batch = new Uint8Array(indices.length * length);
      let places = Array.from(indices, (_, place) => place);
      while (places.length > 0) {
        const chosen = places.map((place) => wholeFrom(indices[place]));
        const decoded = await decoder.decode(chosen);
        const again = new Set(decoded.broken.map(({ place }) => place));
        for (const { place, reason } of decoded.broken) remember({ file: chosen[place], reason });
        places.forEach((place, i) => {
          if (again.has(i)) return;
          batch.set(decoded.data.subarray(i * length, (i + 1) * length), place * length);
        });
        places = places.filter((_, i) => again.has(i));
      }
      return batch;
    },
  };
}
