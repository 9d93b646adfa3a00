import { positiveInteger, resolveOptions, type Architecture } from '@dist-gan/core';
import * as v from 'valibot';
import { buildDenseNetwork } from '../mlp/dense-networks.js';
import { assertNetworkShape } from '../network/assert-shape.js';
import { distGanPaper } from '../network/dist-gan-paper.js';

export interface Gaussian1dOptions {
  /** Units of the one hidden layer; default 4. */
  readonly hiddenUnits?: number;
}

const schema = v.strictObject({ hiddenUnits: v.optional(positiveInteger, 4) });

/**
 * The networks of the authors' one-dimensional experiment: one hidden layer of 4 ReLU units and a
 * linear output, for encoder, generator and discriminator alike. Kernels are drawn from U(-a, a),
 * a = sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio; the default of Keras), biases start at 0.
 *
 * @throws OptionError when an option is unknown or out of range
 * @see code: distgan_toy1d/gan.py:74-114
 */
export function gaussian1d(options?: Gaussian1dOptions): Architecture {
  const resolved = resolveOptions(schema, options, 'gaussian-1d');
  return {
    id: 'gaussian-1d',
    title: 'One hidden layer for one-dimensional data',
    source: {
      ...distGanPaper,
      code: 'tntrung/gan distgan_toy1d/gan.py:74-114',
    },
    options: resolved,
    kinds: ['generator', 'encoder', 'discriminator'],
    build(kind, shape, random) {
      assertNetworkShape('gaussian-1d', shape);
      return buildDenseNetwork(
        kind,
        shape,
        {
          hiddenUnits: [resolved.hiddenUnits],
          activation: 'relu',
          leakySlope: 0,
          outputActivation: 'linear',
          distribution: { id: 'xavier-uniform' },
        },
        random,
      );
    },
  };
}
