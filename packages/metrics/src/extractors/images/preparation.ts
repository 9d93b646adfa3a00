import { ShapeError, type JsonObject } from '@dist-gan/core';
import { checkImages, type ImageBatch } from './image-batch.js';
import { createResizer, type ResizeMethod } from './resize/resize.js';

/**
 * Bytes to the numbers that a network takes:
 * - `tensorflow`: (x - 128) / 128, in the graph that FID was defined with
 * - `pytorch`: 2 x / 255 - 1, pytorch-fid
 * - `unit`: x / 255
 */
export type Scaling = 'tensorflow' | 'pytorch' | 'unit';

const scalings: Readonly<Record<Scaling, readonly [divisor: number, shift: number]>> = {
  tensorflow: [128, -1],
  pytorch: [127.5, -1],
  unit: [255, 0],
};

/** What every extractor of this package is given: samples in [0, 1] become floor(255 x + 0.5). */
const quantisation = 'uint8';

/** Brings images to the input of a network. */
export interface Preparation {
  /** How, as it belongs into the protocol of a result. */
  readonly protocol: JsonObject;
  /** @returns numbers `[count, height, width, channels]` and this shape */
  prepare(images: ImageBatch): { readonly data: Float32Array; readonly shape: readonly number[] };
}

export interface ResizedImagesOptions {
  readonly resize: ResizeMethod;
  readonly scaling: Scaling;
  /** Side of the images that the network takes. Default 299, Inception's. */
  readonly side?: number;
}

/**
 * Images of any size as squares of three channels. Grey images have their one channel three times.
 *
 * @throws ShapeError (when images are prepared) for another number of channels
 */
export function resizedImages({ resize, scaling, side = 299 }: ResizedImagesOptions): Preparation {
  const resizerFor = keptForShape((sampleShape) => createResizer(resize, sampleShape, side));
  const pixels = side * side;
  return {
    protocol: { quantisation, resize, scaling, side },
    prepare(images) {
      const { channels } = checkImages('features', images);
      checkChannels(images, channels);
      const resizeOne = resizerFor(images.sampleShape);
      const [divisor, shift] = scalings[scaling];
      const length = images.data.length / images.count;
      const data = new Float32Array(images.count * pixels * 3);
      const resized = new Float32Array(pixels * channels);
      for (let n = 0; n < images.count; n++) {
        resizeOne(images.data.subarray(n * length, (n + 1) * length), resized);
        const to = n * pixels * 3;
        for (let k = 0; k < 3 * pixels; k++) {
          data[to + k] = resized[channels === 3 ? k : Math.floor(k / 3)] / divisor + shift;
        }
      }
      return { data, shape: [images.count, side, side, 3] };
    },
  };
}

/** Images of the size and the channels that they have, for networks that take them so. */
export function imagesAsTheyAre({ scaling }: Pick<ResizedImagesOptions, 'scaling'>): Preparation {
  const [divisor, shift] = scalings[scaling];
  return {
    protocol: { quantisation, resize: 'none', scaling },
    prepare(images) {
      checkImages('features', images);
      return {
        data: new Float32Array(images.data).map((byte) => byte / divisor + shift),
        shape: [images.count, ...images.sampleShape],
      };
    },
  };
}

/** How well-known tools prepare images for FID's Inception. */
export const publishedPreparations = {
  /** The original: the graph resizes. */
  ttur: { resize: 'tensorflow-1', scaling: 'tensorflow' },
  'torch-fidelity': { resize: 'tensorflow-1', scaling: 'tensorflow' },
  'pytorch-fid': { resize: 'pytorch', scaling: 'pytorch' },
  'clean-fid': { resize: 'pil-bicubic', scaling: 'tensorflow' },
} as const satisfies Record<string, ResizedImagesOptions>;

export type PublishedPreparation = keyof typeof publishedPreparations;

function checkChannels({ sampleShape }: ImageBatch, channels: number): void {
  if (channels === 3 || channels === 1) return;
  throw new ShapeError(
    `features: images must have 3 channels (red, green, blue) or 1, got ${channels}`,
    'sampleShape',
    sampleShape,
    '[height, width, 3]',
  );
}

/** Keeps the last of what is made for a shape: images usually have one size. */
function keptForShape<Value>(make: (shape: readonly number[]) => Value): (shape: readonly number[]) => Value {
  let kept: { key: string; value: Value } | undefined;
  return (shape) => {
    const key = shape.join();
    if (kept?.key !== key) kept = { key, value: make(shape) };
    return kept.value;
  };
}
