import { functionExtractor } from '@dist-gan/metrics/extractors';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { drawLatentLabels } from './latent-labels.js';

it('maps the square of latents to the digits of what they become', async () => {
  // Samples are one pixel as bright as the first latent says; the classifier tells bright from dark.
  const classifier = functionExtractor({
    id: 'brightness',
    dimension: 10,
    batchSize: 5000,
    features: ({ data, count }) =>
      Float32Array.from({ length: count * 10 }, (_, i) => {
        const digit = data[Math.floor(i / 10)] < 128 ? 3 : 2;
        return i % 10 === digit ? 1 : 0;
      }),
  });
  const generate = async (latents: Float32Array) => ({
    data: latents.filter((_, i) => i % 2 === 0),
    count: latents.length / 2,
    sampleShape: [1, 1, 1],
  });
  const png = PNG.sync.read(
    Buffer.from(await drawLatentLabels({ generate, classifier, range: [-1, 1], name: 'test', seed: 1 })),
  );
  // Class 3 is red, class 2 green; the plot is 716 pixels wide and high from (100, 96).
  let [red, green] = [0, 0];
  for (let y = 120; y < 780; y++) {
    const at = (x: number) => png.data.subarray((y * png.width + x) * 4, (y * png.width + x) * 4 + 3);
    const [left, right] = [at(200), at(700)];
    if (left[0] > left[1] + 60) red++;
    if (right[1] > right[0] + 60) green++;
    expect(left[1] > left[0] + 60 || right[0] > right[1] + 60).toBe(false);
  }
  expect(Math.min(red, green)).toBeGreaterThan(200);
});
