import type { ImageSource } from '../../extractors/extract-dataset.js';

/** The first images of a source. */
export function firstImages({ batches }: ImageSource, wanted: number): ImageSource {
  return {
    size: wanted,
    async *batches() {
      let before = 0;
      for await (const images of batches()) {
        const count = Math.min(images.count, wanted - before);
        if (count === 0) return;
        before += count;
        const length = images.data.length / images.count;
        yield { ...images, count, data: images.data.subarray(0, length * count) };
      }
    },
  };
}
