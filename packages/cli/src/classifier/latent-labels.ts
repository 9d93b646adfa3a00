import { RandomStream, type SampleBatch } from '@dist-gan/core';
import { classifyChannels, type FeatureExtractor } from '@dist-gan/metrics/extractors';
import { quantizeImages } from '@dist-gan/metrics/images';
import { drawLatentLabelMap } from '../pictures/index.js';
import { count } from '../progress/index.js';

/** Points of the picture; figures 1 and 2 of the Dist-GAN paper have 55,000. */
const points = 20_000;

/**
 * Draws which digits a generator makes of latents that are uniform on [-1, 1]^2, as figures 1 and 2 of the Dist-GAN
 * paper do.
 *
 * @returns a PNG file
 */
export async function drawLatentLabels({
  generate,
  classifier,
  range,
  name,
  seed,
}: {
  readonly generate: (latents: Float32Array) => Promise<SampleBatch>;
  readonly classifier: FeatureExtractor;
  readonly range: readonly [low: number, high: number];
  readonly name: string;
  readonly seed: number;
}): Promise<Uint8Array> {
  const limits = [-1, 1] as const;
  const [low, high] = limits;
  const latents = RandomStream.fromSeed(seed)
    .derive('latent labels')
    .uniform(2 * points, { low, high });
  const labels = await classifyChannels(classifier, quantizeImages(await generate(latents), range));
  return drawLatentLabelMap({
    title: `${name}, digits of latents`,
    subtitle: `what the classifier sees in samples of ${count(points)} latents`,
    latents,
    labels,
    limits,
  });
}
