import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { layersModelExtractor } from '../layers-model-extractor.js';
import type { Preparation } from '../images/preparation.js';
import { seededUniform } from '../../../test/seeded-uniform.js';
import { inceptionExtractor } from './inception-extractor.js';
import { inceptionV3 } from './layers-model.js';
import { inceptionLogits } from './logits.js';
import { convolutionsOf, inceptionLayers, inceptionSteps, stepsTo } from './network.js';
import { foldBatchNorm } from './weights/fold-batch-norm.js';
import type { InceptionWeights } from './weights/inception-weights.js';
import { permuteAxes } from './weights/named-tensors.js';

/** What PyTorch computes in float64 with the same weights: tooling/oracles/inception_vectors.py. */
const expected = JSON.parse(
  readFileSync(new URL('../../../../../tooling/fixtures/inception/features.json', import.meta.url), 'utf8'),
) as Record<string, { dimension: number; last: number[][]; mean: number[]; length: number[] }>;

/** Random weights by the names of PyTorch's tensors, as that script seeds them. */
function seededWeights(): InceptionWeights {
  const convolutions = convolutionsOf(inceptionSteps).map(({ name, torchName, filterShape, outputs }) => {
    const [height, width, inputs] = filterShape;
    const inputCount = height * width * inputs;
    const bound = Math.sqrt(6 / inputCount);
    const filter = seededUniform(`${torchName}.conv.weight`, inputCount * outputs, -bound, bound);
    const part = (of: string, low: number, high: number) =>
      seededUniform(`${torchName}.bn.${of}`, outputs, low, high);
    const folded = foldBatchNorm(permuteAxes(filter, [outputs, inputs, height, width], [2, 3, 1, 0]), {
      gamma: part('weight', 0.5, 1.5),
      beta: part('bias', -0.1, 0.1),
      mean: part('running_mean', -0.1, 0.1),
      variance: part('running_var', 0.5, 1.5),
      epsilon: 0.001,
    });
    return [name, folded] as const;
  });
  const bound = Math.sqrt(6 / 2048);
  return {
    source: 'seeded',
    verifiedBy: 'nothing',
    convolutions: new Map(convolutions),
    classifier: {
      matrix: permuteAxes(seededUniform('fc.weight', 1008 * 2048, -bound, bound), [1008, 2048], [1, 0]),
      bias: seededUniform('fc.bias', 1008, -0.1, 0.1),
    },
  };
}

/** The images of that script, which are floats, in place of bytes. */
const seededImages: Preparation = {
  protocol: {},
  prepare: ({ count }) => ({
    data: seededUniform('images', count * 299 * 299 * 3, -1, 1),
    shape: [count, 299, 299, 3],
  }),
};

/**
 * The logits without bias are those with it less the bias, and those are a product with the features before them, which is tested by
 * itself: compiling the network takes seconds. `npm run test:full` compiles it once more.
 */
const layers = inceptionLayers.filter(
  (layer) => layer !== 'logits_unbiased' && (layer !== 'logits' || process.env.DIST_GAN_TESTS === 'full'),
);

describe('Inception-v3', () => {
  const weights = seededWeights();

  it('has the 94 convolutions and the size of the published network', () => {
    const convolutions = convolutionsOf(inceptionSteps);
    expect(convolutions).toHaveLength(94);
    expect(convolutionsOf(stepsTo('768'))).toHaveLength(70);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const filters = sum(convolutions.map(({ filterShape }) => filterShape.reduce((p, n) => p * n, 1)));
    const norms = 4 * sum(convolutions.map(({ outputs }) => outputs));
    const classifier = 2048 * 1008 + 1008;
    // The numbers in PyTorch's state dict.
    expect(filters + norms + classifier).toBe(23_885_392);
  });

  it.each(layers)('computes layer %s as PyTorch does', async (layer) => {
    const model = inceptionV3(weights, layer);
    const extractor = await layersModelExtractor({ id: 'seeded', layer, model, preparation: seededImages });
    model.dispose();
    expect(extractor.dimension).toBe(expected[layer].dimension);
    const images = { data: new Uint8Array(2 * 3), count: 2, sampleShape: [1, 1, 3] };
    const { data, dimension } = await extractor.extract(images);
    await extractor.dispose();
    for (const [i, image] of [data.subarray(0, dimension), data.subarray(dimension)].entries()) {
      const { last, mean, length } = expected[layer];
      const scale = length[i] / Math.sqrt(dimension);
      image
        .subarray(-6)
        .forEach((value, k) => expect(Math.abs(value - last[i][k]) / scale).toBeLessThan(2e-5));
      expect(Math.hypot(...image) / length[i]).toBeCloseTo(1, 5);
      expect(
        Math.abs(Array.from(image).reduce((sum, value) => sum + value, 0) / dimension - mean[i]) / scale,
      ).toBeLessThan(1e-5);
    }
  });

  it('makes logits of features that are there as the network does', async () => {
    const features = seededUniform('features', 2 * 2048, 0, 1);
    const { data, dimension, protocol } = await inceptionLogits(
      { data: features, dimension: 2048, protocol: { extractor: 'seeded', layer: '2048' } },
      weights,
    );
    expect({ dimension, protocol }).toEqual({
      dimension: 1008,
      protocol: { extractor: 'seeded', layer: 'logits_unbiased' },
    });
    const { matrix } = weights.classifier!;
    for (const [image, unit] of [
      [0, 0],
      [1, 1007],
    ]) {
      let sum = 0;
      for (let k = 0; k < 2048; k++) sum += features[image * 2048 + k] * matrix[k * 1008 + unit];
      expect(data[image * 1008 + unit]).toBeCloseTo(sum, 5);
    }
    await expect(inceptionLogits({ data: features, dimension: 64 }, weights)).rejects.toThrow(
      'made of the 2048 features of the last layer, got 64',
    );
    await expect(inceptionLogits({ data: features, dimension: 2048 }, { source: 'a part' })).rejects.toThrow(
      'softmax/weights, which a part lacks',
    );
  });

  it('leaves the bias out of unbiased logits', () => {
    const model = inceptionV3(weights, 'logits_unbiased');
    expect(
      model.layers
        .at(-1)!
        .getWeights()
        .map(({ shape }) => shape),
    ).toEqual([[2048, 1008]]);
    model.dispose();
  });

  it('refuses a layer that the weights do not reach', async () => {
    const { numTensors } = tf.memory();
    const some = new Map([...weights.convolutions].slice(0, 70));
    const part: InceptionWeights = { ...weights, source: 'a part', convolutions: some };
    expect(() => inceptionV3(part, '2048')).toThrow(
      'inception: layer 2048 needs mixed_8/tower/conv, which a part lacks; take a lower layer, or weights of the whole network',
    );
    expect(() => inceptionV3({ ...weights, classifier: undefined }, 'logits')).toThrow(
      'needs softmax/weights',
    );
    await expect(inceptionExtractor({ weights, layer: '1024' as never })).rejects.toThrow(
      'layer must be one of 64,',
    );
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
