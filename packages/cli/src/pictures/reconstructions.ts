import type { SampleBatch } from '@dist-gan/core';
import { drawImagePanels, panelImages } from './image-panels.js';
import { drawableShape, imageBytes } from './image-pixels.js';

/** Real samples and what encoder and generator make of them, up to 32 of them; `undefined` where they are no images. */
export async function drawReconstructions(
  real: Float32Array,
  { data, count, sampleShape }: SampleBatch,
  range: readonly [low: number, high: number],
  title: string,
): Promise<Uint8Array | undefined> {
  const shape = drawableShape({ sampleShape });
  if (shape === undefined) return undefined;
  const bytes = (samples: Float32Array) => imageBytes(samples, range, shape, panelImages);
  return drawImagePanels({
    title,
    subtitle: count > panelImages ? `the first ${panelImages}` : '',
    shape,
    panels: [
      { label: 'real', images: bytes(real) },
      { label: 'reconstructed', images: bytes(data) },
    ],
  });
}
