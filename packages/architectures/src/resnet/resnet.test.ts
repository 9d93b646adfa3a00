import type { BasicKind } from '../network/basic-kinds.js';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { describeArchitecture } from '@dist-gan/testing/architecture';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { batchNorm, convolution, dense, expectParameters } from '../../test/parameters.js';
import { resnet } from './resnet.js';

/** A convolution without a bias. */
const bare = (kernelSize: number, inputs: number, filters: number): number =>
  convolution(kernelSize, inputs, filters) - filters;

/** Of the generator in both forms: from so many channels to so many. */
const up = (from: number, to: number): number =>
  batchNorm(from) + bare(3, from, to) + batchNorm(to) + bare(3, to, to) + bare(1, from, to);

type Counter = (from: number, to: number) => number;

/** Of the discriminator in both forms, where it does not halve. */
const keep: Counter = (from, to) =>
  convolution(3, from, to) + convolution(3, to, to) + (from === to ? 0 : convolution(1, from, to));

/** The other blocks of encoder and discriminator. */
const forms: Record<'head' | 'v1', Record<'encode' | 'first' | 'halve', Counter>> = {
  head: {
    encode: up,
    first: (from, to) =>
      convolution(3, from, to) +
      convolution(3, to, to) +
      convolution(1, to, to) +
      convolution(1, from, from) +
      convolution(1, from, to),
    halve: (from, to) =>
      convolution(3, from, to) +
      convolution(3, to, to) +
      convolution(1, to, to) +
      convolution(1, from, to) +
      convolution(1, to, to),
  },
  v1: {
    encode: (from, to) =>
      batchNorm(from) + bare(3, from, from) + batchNorm(from) + bare(3, from, to) + bare(1, from, to),
    first: (from, to) => convolution(3, from, to) + convolution(3, to, to) + convolution(1, from, to),
    halve: (from, to) => convolution(3, from, from) + convolution(3, from, to) + convolution(1, from, to),
  },
};

/** Of width w, for the smallest feature maps of the generator of so many pixels. */
function parameters32(
  form: 'head' | 'v1',
  w: number,
  pixels: number,
  latents: number,
): Record<BasicKind, number> {
  const { encode, first, halve } = forms[form];
  return {
    generator:
      dense(latents, pixels * 2 * w) + 3 * up(2 * w, 2 * w) + batchNorm(2 * w) + convolution(3, 2 * w, 3),
    encoder: bare(3, 3, 2 * w) + 3 * encode(2 * w, 2 * w) + batchNorm(2 * w) + dense(pixels * 2 * w, latents),
    discriminator: first(3, w) + halve(w, w) + 2 * keep(w, w) + dense(w, 1),
  };
}

function parameters48(
  form: 'head' | 'v1',
  w: number,
  pixels: number,
  latents: number,
): Record<BasicKind, number> {
  const { encode, first, halve } = forms[form];
  return {
    generator:
      dense(latents, pixels * 8 * w) +
      up(8 * w, 4 * w) +
      up(4 * w, 2 * w) +
      up(2 * w, w) +
      batchNorm(w) +
      convolution(3, w, 3),
    encoder:
      bare(3, 3, w) +
      encode(w, 2 * w) +
      encode(2 * w, 4 * w) +
      encode(4 * w, 8 * w) +
      batchNorm(8 * w) +
      dense(pixels * 8 * w, latents),
    discriminator:
      first(3, w) +
      halve(w, 2 * w) +
      halve(2 * w, 4 * w) +
      halve(4 * w, 8 * w) +
      keep(8 * w, 16 * w) +
      dense(16 * w, 1),
  };
}

// TensorFlow.js's backend of plain JavaScript enlarges every sample of a batch rightly, but its gradient is that of the first.
beforeAll(() => installSecondOrderGradients());
afterAll(() => uninstallSecondOrderGradients());

/** The generator's smallest maps are of 2 x 2 pixels: of one pixel, the batch norms would take away the first bias. */
const shape32 = { sampleShape: [16, 16, 3], latentDimension: 3 };

describeArchitecture('resnet for 32', {
  architecture: resnet({ width: 1 }),
  shape: shape32,
  parameters: parameters32('head', 1, 2 * 2, 3),
  featureDimension: 4 * 4 * 1,
  unsupported: [{ sampleShape: [28, 28, 3], latentDimension: 3 }],
});

describeArchitecture('resnet for 48, v1', {
  architecture: resnet({ resolution: 48, form: 'v1', width: 2 }),
  shape: { sampleShape: [16, 16, 3], latentDimension: 2 },
  parameters: parameters48('v1', 2, 2 * 2, 2),
  featureDimension: 1 * 1 * 32,
});

{
  const { generator, encoder, discriminator } = parameters32('head', 1, 2 * 2, 3);
  describeArchitecture('resnet for 32, of four classes', {
    architecture: resnet({ width: 1, classes: 4 }),
    shape: shape32,
    parameters: {
      // Seven batch norms of two channels have three scales and offsets more.
      generator: generator + 7 * batchNorm(2) * 3,
      encoder,
      // The projection: a row of what the logit is a linear function of for each class.
      discriminator: discriminator + 4 * 1,
    },
    featureDimension: 4 * 4 * 1,
  });
}

describe('resnet at full width has the numbers of the papers', () => {
  const shape = (side: number) => ({ sampleShape: [side, side, 3], latentDimension: 128 });

  it.each(['head', 'v1'] as const)('for 32, %s', (form) => {
    expectParameters(resnet({ form }), shape(32), parameters32(form, 128, 4 * 4, 128));
  });

  it.each(['head', 'v1'] as const)('for 48, %s', (form) => {
    expectParameters(resnet({ resolution: 48, form }), shape(48), parameters48(form, 64, 6 * 6, 128));
  });
});
