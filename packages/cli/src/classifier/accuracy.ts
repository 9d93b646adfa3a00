import type { LabelledImages } from '@dist-gan/datasets';
import { classifyChannels, type FeatureExtractor } from '@dist-gan/metrics/extractors';

/** Share of images whose class a classifier tells rightly, from 0 to 1. */
export async function accuracy(classifier: FeatureExtractor, images: LabelledImages): Promise<number> {
  const all = Uint32Array.from({ length: images.size }, (_, i) => i);
  const { size: count, sampleShape, labels } = images;
  const found = await classifyChannels(classifier, { data: images.batch(all), count, sampleShape });
  return found.filter((label, i) => label === labels[i]).length / count;
}
