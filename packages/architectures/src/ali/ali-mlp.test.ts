import { RandomStream } from '@dist-gan/core';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import * as tf from '@tensorflow/tfjs-core';
import { model } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { batchNorm, dense, expectParameters } from '../../test/parameters.js';
import { Maxout } from '../layers/maxout/maxout.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { aliMlp } from './ali-mlp.js';

/** With u units, a discriminator of d units of p pieces, for points of the plane and so many latents. */
function parameters(u: number, d: number, p: number, latents: number) {
  const normalised = (inputs: number, layers: number) =>
    inputs * u + (layers - 1) * u * u + layers * batchNorm(u);
  const judged = (inputs: number) => dense(inputs, p * d) + 2 * dense(d, p * d) + dense(d, 1);
  return {
    generator: normalised(latents, 4) + dense(u, 2),
    encoder: normalised(2, 2) + dense(u, latents),
    'gaussian-encoder': normalised(2, 2) + 2 * dense(u, latents),
    discriminator: judged(2),
    'joint-discriminator': judged(2 + latents),
  };
}

describeArchitecture('ali-mlp', {
  ...tinyArchitecture('ali-mlp'),
  parameters: parameters(5, 4, 3, 3),
  featureDimension: 4,
  unsupported: [{ sampleShape: [], latentDimension: 3 }],
});

describeArchitecture('ali-mlp for samples in [0, 1]', {
  architecture: aliMlp({ units: 5, discriminatorUnits: 4, pieces: 3, outputActivation: 'sigmoid' }),
  shape: { sampleShape: [2], latentDimension: 3 },
  parameters: parameters(5, 4, 3, 3),
});

it('ali-mlp at full width has the numbers of the 25 Gaussians', () => {
  expectParameters(aliMlp(), { sampleShape: [2], latentDimension: 2 }, parameters(400, 200, 5, 2));
});

/** In a training call of the generator, what its first batch norm makes of latents z: w^T z / sqrt(var(w^T z) + 1e-4). */
it('has the batch norm of Blocks, whose epsilon is an eighth of the variance that it begins with', () => {
  const [batch, units] = [64, 50];
  const network = aliMlp({ units }).build(
    'generator',
    { sampleShape: [2], latentDimension: 2 },
    RandomStream.fromSeed(1),
  );
  const layer = network.getLayer('batch-norm-1');
  const first = model({ inputs: network.inputs, outputs: layer.output });
  tf.tidy(() => {
    const z = RandomStream.fromSeed(2).normal(batch * 2);
    const kernel = network.getLayer('dense-1').getWeights()[0].dataSync();
    const outputs = (first.apply(tf.tensor(z, [batch, 2]), { training: true }) as tf.Tensor).dataSync();
    const averages = layer.getWeights()[3].dataSync();
    for (let unit = 0; unit < units; unit++) {
      const values = Array.from(
        { length: batch },
        (_, row) => z[2 * row] * kernel[unit] + z[2 * row + 1] * kernel[units + unit],
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / batch;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / batch;
      values.forEach((value, row) =>
        expect(outputs[row * units + unit]).toBeCloseTo((value - mean) / Math.sqrt(variance + 1e-4), 3),
      );
      expect(averages[unit]).toBeCloseTo(0.95 + 0.05 * variance, 4);
    }
  });
  network.dispose();
});

it('Maxout is the largest of its pieces', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([[1, 5, 2, -3, 4, 0]]);
    const largest = new Maxout({ pieces: 3 }).apply(x) as tf.Tensor;
    expect([...largest.dataSync()]).toEqual([Math.max(1, 2, 4), Math.max(5, -3, 0)]);
  });
});
