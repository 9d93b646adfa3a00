import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../graph/builder.js';
import { channelsFirstConvolution } from '../../operations/channels-first.js';
import type { Value } from '../../graph/types.js';
import { asTheyAre, matMul } from '../../operations/matmul.js';
import { threadsWorthTrying } from './threads.js';

function squares(size: number) {
  const builder = new GraphBuilder();
  const [a, b] = ['a', 'b'].map((name): Value => builder.input(name, [size, size], 'float32'));
  return { builder, a, b };
}

/** The product of two square matrices. */
function squareProduct(size: number, transposeA = false) {
  const { builder, a, b } = squares(size);
  const value = matMul(builder, a, b, { transposeA, transposeB: false });
  return { inputs: [], states: [], outputs: [{ name: 'y', value }] };
}

describe('threadsWorthTrying', () => {
  it('is one for the products of a small net', () => {
    expect(threadsWorthTrying(squareProduct(128))).toEqual([1]);
    expect(threadsWorthTrying(squareProduct(161))).toEqual([1]); // 161^3 < 2^22 < 162^3
  });

  it('is left to the engine where a product is large', () => {
    expect(threadsWorthTrying(squareProduct(162))).toEqual([undefined]);
    expect(threadsWorthTrying(squareProduct(512, true))).toEqual([undefined]);
  });

  it('counts the window of a convolution', () => {
    const convolution = (channels: number) => {
      const builder = new GraphBuilder();
      const images = builder.input('x', [1, channels, 18, 18], 'float32');
      const filters = builder.input('w', [channels, channels, 3, 3], 'float32');
      const attributes = {
        window: [3, 3],
        strides: [1, 1],
        dilations: [1, 1],
        pads: [0, 0, 0, 0],
        groups: 1,
      } as const;
      const value = channelsFirstConvolution(builder, images, filters, attributes);
      return { inputs: [], states: [], outputs: [{ name: 'y', value }] };
    };
    expect(threadsWorthTrying(convolution(32))).toEqual([1]); // 256 * 9 * 32 * 32 = 2.4 million
    expect(threadsWorthTrying(convolution(64))).toEqual([undefined]); // 9.4 million
  });

  it('is open where many products are small', () => {
    const { builder, a, b } = squares(128);
    const chain = (length: number) => {
      let value = a;
      for (let at = 0; at < length; at++) value = matMul(builder, value, b, asTheyAre);
      return { inputs: [], states: [], outputs: [{ name: 'y', value }] };
    };
    expect(threadsWorthTrying(chain(7))).toEqual([1]); // 7 * 128^3 < 2^24 = 8 * 128^3
    expect(threadsWorthTrying(chain(8))).toEqual([1, undefined]);
  });
});
