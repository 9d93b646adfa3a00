import type { ImageSource } from '@dist-gan/metrics/extractors';

/** Images that TTUR's program passes through the network at once. */
const batchSize = 50;

/** The images that make whole batches: TTUR's program drops the others, unless there is no whole batch. */
export function wholeBatches({ size, batches }: ImageSource): ImageSource {
  const wanted = size - (size % Math.min(batchSize, size));
  return {
    size: wanted,
    async *batches() {
      let before = 0;
      for await (const images of batches()) {
        const count = Math.min(images.count, wanted - before);
        if (count === 0) return;
        before += count;
        yield {
          ...images,
          count,
          data: images.data.subarray(0, (images.data.length / images.count) * count),
        };
      }
    },
  };
}
