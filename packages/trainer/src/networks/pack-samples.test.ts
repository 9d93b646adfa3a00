import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { packSamples } from './pack-samples.js';

describe('packSamples', () => {
  it('lays samples that follow each other side by side', () => {
    const packed = tf.tidy(() => packSamples(tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]), 2).arraySync());
    expect(packed).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });

  it('stacks the channels of images, pixel by pixel', () => {
    const size = [6, 2, 3, 2] as const;
    const packed = tf.tidy(() =>
      packSamples(tf.reshape(tf.range(0, 72), [...size]), 3).arraySync(),
    ) as number[][][][];
    const valueAt = (image: number, y: number, x: number, channel: number) =>
      ((image * 2 + y) * 3 + x) * 2 + channel;
    for (const group of [0, 1]) {
      for (const [y, x] of [
        [0, 0],
        [1, 2],
      ]) {
        const wanted = [0, 1, 2].flatMap((i) => [0, 1].map((c) => valueAt(3 * group + i, y, x, c)));
        expect(packed[group][y][x]).toEqual(wanted);
      }
    }
  });

  it('leaves samples that are judged alone as they are', () => {
    const samples = tf.ones([3, 2]);
    expect(packSamples(samples, 1)).toBe(samples);
    samples.dispose();
  });
});
