import type { ExtractOptions, FeatureExtractor } from '../feature-extractor.js';
import { checkImages, type ImageBatch } from '../images/image-batch.js';

/**
 * The class of every image by a network that classifies images of one channel. Images of several channels have a class
 * for each, and those are the digits of their label: with 10 classes, 100 red + 10 green + blue.
 *
 * @param classifier its features are one logit a class
 * @returns one label for each image, from 0 to classes^channels - 1
 * @throws ShapeError when the images are none; the errors of the classifier
 */
export async function classifyChannels(
  classifier: FeatureExtractor,
  images: ImageBatch,
  options?: ExtractOptions,
): Promise<Uint32Array> {
  const { channels } = checkImages('classify', images);
  const { data, dimension } = await classifier.extract(separateChannels(images, channels), options);
  return Uint32Array.from({ length: images.count }, (_, image) => {
    let label = 0;
    for (let channel = 0; channel < channels; channel++) {
      const start = (image * channels + channel) * dimension;
      label = label * dimension + indexOfLargest(data.subarray(start, start + dimension));
    }
    return label;
  });
}

/** Every channel as an image of its own; those of an image one after the other. */
function separateChannels({ data, count, sampleShape }: ImageBatch, channels: number): ImageBatch {
  const [height, width] = sampleShape;
  const pixels = height * width;
  const separated = new Uint8Array(data.length);
  for (let image = 0; image < count; image++) {
    const start = image * pixels * channels;
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        separated[start + channel * pixels + pixel] = data[start + pixel * channels + channel];
      }
    }
  }
  return { data: separated, count: count * channels, sampleShape: [height, width, 1] };
}

function indexOfLargest(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
  return largest;
}
