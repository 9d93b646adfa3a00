import type { Dataset } from '@dist-gan/core';

/** At most `most` samples, evenly spread over the data set, in the range that networks see. */
export async function readSamples(dataset: Dataset, most: number): Promise<Float32Array> {
  const wanted = Math.min(dataset.size, most);
  const data = await dataset.batch(
    Uint32Array.from({ length: wanted }, (_, i) => Math.floor((i * dataset.size) / wanted)),
  );
  const [low, high] = dataset.range;
  return data instanceof Uint8Array
    ? new Float32Array(data).map((byte) => low + ((high - low) * byte) / 255)
    : data;
}
