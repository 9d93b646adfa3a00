import type { Dataset, SampleBatch } from '@dist-gan/core';
import { count } from '../progress/index.js';
import { drawImagePanels, panelImages } from './image-panels.js';
import { drawableShape, imageBytes } from './image-pixels.js';
import { labelledSamples, readSamples } from './read-samples.js';

/** What a method with an encoder has made of real samples at a step. */
interface Reconstructions {
  /** Finished training steps. */
  readonly step: number;
  readonly reconstruct: (samples: Float32Array) => Promise<SampleBatch>;
  /** That the networks are conditioned on; 0: none. */
  readonly classes: number;
  readonly generated: SampleBatch;
}

/** Draws real samples, what encoder and generator make of them, and generated ones; gives a PNG file. */
export type ReconstructionPainter = (reconstructions: Reconstructions) => Promise<Uint8Array>;

/** Pictures of reconstructions, always of the same real samples; `undefined` for samples that are no images. */
export async function reconstructionPainter(
  dataset: Dataset,
  name: string,
): Promise<ReconstructionPainter | undefined> {
  const shape = drawableShape(dataset);
  if (shape === undefined) return undefined;
  const real = await readSamples(dataset, panelImages);
  return async ({ step, reconstruct, classes, generated }) => {
    const reconstructed = await reconstruct(labelledSamples(dataset, real, classes));
    const bytes = (samples: Float32Array) => imageBytes(samples, dataset.range, shape, panelImages);
    return drawImagePanels({
      title: `${name}, step ${count(step)}`,
      subtitle: 'real samples, what encoder and generator make of them, and samples of latents',
      shape,
      panels: [
        { label: 'real', images: bytes(real) },
        { label: 'reconstructed', images: bytes(reconstructed.data) },
        { label: 'generated', images: bytes(generated.data) },
      ],
    });
  };
}
