import { isGanError } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { quantizeImages } from './quantize.js';

const image = (...values: number[]) => ({
  data: Float32Array.from(values),
  count: 1,
  sampleShape: [1, values.length, 1],
});

describe('quantizeImages', () => {
  it('rounds to the nearest byte, as torchvision saves images', () => {
    const { data, count, sampleShape } = quantizeImages(image(0, 0.00195, 0.00197, 0.5, 0.9981, 1));
    expect([...data]).toEqual([0, 0, 1, 128, 255, 255]);
    expect({ count, sampleShape }).toEqual({ count: 1, sampleShape: [1, 6, 1] });
  });

  it('takes other ranges', () => {
    expect([...quantizeImages(image(-1, 0, 1), [-1, 1]).data]).toEqual([0, 128, 255]);
  });

  it('forgives rounding errors beyond the range, and nothing more', () => {
    expect([...quantizeImages(image(-1e-4, 1.0001)).data]).toEqual([0, 255]);
    const thrown = (value: number) => {
      try {
        quantizeImages(image(0.5, value));
      } catch (error) {
        return isGanError(error) ? `${error.code}: ${error.message}` : error;
      }
      return undefined;
    };
    expect(thrown(-0.5)).toBe(
      'OPTION_INVALID: quantizeImages: value 1 is -0.5, outside of the range [0, 1]; name the range of the samples',
    );
    expect(thrown(Number.NaN)).toBe('VALUE_NON_FINITE: quantizeImages: value 1 is NaN');
  });
});
