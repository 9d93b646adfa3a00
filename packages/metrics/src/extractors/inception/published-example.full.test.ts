import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frechetDistance } from '../../features/frechet/frechet-distance.js';
import { NumpyRandom } from '../../features/numpy-random.js';
import { inceptionExtractor } from './inception-extractor.js';

const data = process.env.DIST_GAN_DATA ?? 'data';
const weights = join(data, 'inception-2015-12-05-to-mixed_7');

/** `torch.randint(low, high, [count, 3, 299, 299], dtype=torch.uint8)`, each image with its colours last. */
function noise(random: NumpyRandom, count: number, low: number, high: number) {
  const plane = 299 * 299;
  const data = new Uint8Array(count * 3 * plane);
  for (let n = 0; n < count; n++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let pixel = 0; pixel < plane; pixel++) {
        // PyTorch draws 32 bits of the same generator for each number.
        data[(n * plane + pixel) * 3 + channel] = low + (random['nextUint32']() % (high - low));
      }
    }
  }
  return { data, count, sampleShape: [299, 299, 3] };
}

describe.skipIf(!existsSync(weights))('with the published weights', () => {
  it('gives the number of the example in the documentation of torchmetrics', async () => {
    const random = new NumpyRandom(123);
    // The example seeds, then builds the network, whose initial weights (later replaced) are drawn first.
    const initialWeights = 21_751_136 + 2048 * 1008 + 1008;
    for (let drawn = 0; drawn < initialWeights; drawn++) random['nextUint32']();
    const extractor = await inceptionExtractor({ layer: '64', weights });
    const real = await extractor.extract(noise(random, 100, 0, 200));
    const generated = await extractor.extract(noise(random, 100, 100, 255));
    await extractor.dispose();
    const { value, protocol } = await frechetDistance({ real, generated });
    // 12.7202 with the weights as published; these are rounded to five decimals.
    expect(value).toBeCloseTo(12.7202, 3);
    expect(protocol.features).toMatchObject({
      extractor: 'inception-v3-fid',
      layer: '64',
      weights: 'inception-2015-12-05-to-mixed_7',
      weightsVerifiedBy: 'values',
      resize: 'tensorflow-1',
    });
  });
});
