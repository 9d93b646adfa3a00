import { RandomStream } from '@dist-gan/core';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectParameters } from '../../test/parameters.js';
import { GroupedConvolution } from '../layers/grouped-convolution/grouped-convolution.js';
import { Resample } from '../layers/resample/resample.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { r3ganResnet } from './r3gan.js';

/** Of a block: in, grouped, out, and two biases. */
const block = (width: number, groups: number): number => {
  const inside = 2 * width;
  return width * inside + (9 * inside * inside) / groups + inside * width + 2 * inside;
};

const tinyBlocks = block(4, 2) + block(2, 1);

describeArchitecture('r3gan', {
  ...tinyArchitecture('r3gan'),
  parameters: {
    generator: 3 * 4 + 16 * 4 + tinyBlocks + 4 * 2 + 2 * 3,
    discriminator: 3 * 2 + tinyBlocks + 2 * 4 + 16 * 4 + 4,
  },
  featureDimension: 4,
  unsupported: [
    { sampleShape: [2], latentDimension: 3 },
    { sampleShape: [16, 16, 3], latentDimension: 3 },
  ],
});

describe('r3ganResnet', () => {
  it('has the networks of the CIFAR-10 preset by default', () => {
    const blocks = 8 * block(768, 96);
    expectParameters(
      r3ganResnet(),
      { sampleShape: [32, 32, 3], latentDimension: 64 },
      {
        generator: 64 * 768 + 16 * 768 + blocks + 768 * 3,
        discriminator: 3 * 768 + blocks + 16 * 768 + 768,
      },
    );
  });

  it('starts with blocks that are the identity: as a linear network', () => {
    const { architecture, shape } = tinyArchitecture('r3gan');
    const network = architecture.build('discriminator', shape, RandomStream.fromSeed(4));
    const logits = tf.tidy(() => {
      const images = tf.tensor(RandomStream.fromSeed(5).normal(2 * 192), [2, 8, 8, 3]);
      const [one, other] = tf.split(images, 2);
      const of = (x: tf.Tensor) => (network.predict(x) as tf.Tensor[])[0].dataSync()[0];
      return [of(tf.add(one, tf.mul(2, other))), of(one) + 2 * of(other)];
    });
    network.dispose();
    expect(logits[0]).toBeCloseTo(logits[1], 4);
  });

  it.each([
    [{ cardinalities: [96] }, 'cardinalities: lists 1 stages and widths 4'],
    [{ widths: [5], cardinalities: [3] }, 'must divide the 10 channels inside a block (got 3)'],
    [{ width: 4 }, 'r3gan.width is not an option; did you mean widths?'],
  ])('refuses %j', (options, message) => {
    expect(() => r3ganResnet(options as object)).toThrow(message);
  });
});

describe('Resample', () => {
  const image = [...RandomStream.fromSeed(2).normal(16)];
  const taps = [1, 3, 3, 1];

  it('equals a transposed convolution and a convolution with the filter, computed pixel by pixel', () => {
    const up: number[] = new Array<number>(64).fill(0);
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 4; j++) {
            const [row, column] = [2 * y + i - 1, 2 * x + j - 1];
            if (row < 0 || column < 0 || row > 7 || column > 7) continue;
            up[8 * row + column] += (image[4 * y + x] * taps[i] * taps[j]) / 16;
          }
        }
      }
    }
    const down = Array.from({ length: 4 }, (_, at) => {
      let sum = 0;
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const [row, column] = [2 * Math.floor(at / 2) + i - 1, 2 * (at % 2) + j - 1];
          sum +=
            ((image[4 * row + column] ?? 0) * (column < 0 || column > 3 ? 0 : 1) * taps[i] * taps[j]) / 64;
        }
      }
      return sum;
    });
    for (const [direction, wanted] of [
      ['up', up],
      ['down', down],
    ] as const) {
      const actual = tf.tidy(() => {
        const images = tf.tensor(image, [1, 4, 4, 1]);
        return [...(new Resample({ direction }).apply(images) as tf.Tensor).dataSync()];
      });
      wanted.forEach((value, i) => expect(actual[i], `${direction} ${i}`).toBeCloseTo(value, 5));
    }
  });
});

describe('GroupedConvolution', () => {
  it('equals a convolution of each group by itself', () => {
    const layer = new GroupedConvolution({ groups: 2, kernelSize: 3, standardDeviation: 0.5, seed: 3 });
    const [actual, wanted] = tf.tidy(() => {
      const images = tf.tensor4d(RandomStream.fromSeed(1).normal(2 * 5 * 4 * 4), [2, 5, 4, 4]);
      const convolved = layer.apply(images) as tf.Tensor;
      const [kernel] = layer.getWeights();
      const kernels = tf.split(tf.reshape(kernel, [2, 3, 3, 2, 2]), 2);
      const groups = tf.split(images, 2, 3).map((group, i) => {
        return tf.conv2d(group as tf.Tensor4D, tf.reshape<tf.Rank.R4>(kernels[i], [3, 3, 2, 2]), 1, 'same');
      });
      return [convolved.dataSync(), tf.concat(groups, 3).dataSync()];
    });
    layer.dispose();
    wanted.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 4));
  });
});
