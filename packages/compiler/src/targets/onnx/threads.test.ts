import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../graph/builder.js';
import { channelsFirstConvolution } from '../../operations/channels-first.js';
import { matMul } from '../../operations/matmul.js';
import { defaultThreads } from './threads.js';

/** The product of two square matrices. */
function squareProduct(size: number, transposeA = false) {
  const builder = new GraphBuilder();
  const a = builder.input('a', [size, size], 'float32');
  const b = builder.input('b', [size, size], 'float32');
  const value = matMul(builder, a, b, { transposeA, transposeB: false });
  return { inputs: [], states: [], outputs: [{ name: 'y', value }] };
}

describe('defaultThreads', () => {
  it('is one for the products of a small net', () => {
    expect(defaultThreads(squareProduct(128))).toBe(1);
    expect(defaultThreads(squareProduct(161))).toBe(1); // 161^3 < 2^22 < 162^3
  });

  it('is left to the engine where a product is large', () => {
    expect(defaultThreads(squareProduct(162))).toBeUndefined();
    expect(defaultThreads(squareProduct(512, true))).toBeUndefined();
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
    expect(defaultThreads(convolution(32))).toBe(1); // 256 * 9 * 32 * 32 = 2.4 million
    expect(defaultThreads(convolution(64))).toBeUndefined(); // 9.4 million
  });
});
