import type { Dataset } from '@dist-gan/core';
import { withClasses } from '@dist-gan/trainer';

/** At most `most` samples, evenly spread over the data set, in the range that networks see. */
export async function readSamples(dataset: Dataset, most: number): Promise<Float32Array> {
  const data = await dataset.batch(spreadOver(dataset, most));
  const [low, high] = dataset.range;
  return data instanceof Uint8Array
    ? new Float32Array(data).map((byte) => low + ((high - low) * byte) / 255)
    : data;
}

/** {@link readSamples} as networks that are conditioned on a class take them: each with its own class behind it, one-hot. */
export function labelledSamples(dataset: Dataset, samples: Float32Array, classes: number): Float32Array {
  const dimension = dataset.sampleShape.reduce((product, size) => product * size, 1);
  const indices = spreadOver(dataset, samples.length / dimension);
  return withClasses(samples, { dimension, classes, classOf: (row) => dataset.labels![indices[row]] });
}

/** At most `most` indices, evenly spread. */
function spreadOver({ size }: Dataset, most: number): Uint32Array {
  const wanted = Math.min(size, most);
  return Uint32Array.from({ length: wanted }, (_, i) => Math.floor((i * size) / wanted));
}
