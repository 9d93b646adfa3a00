import { describe, expect, it } from 'vitest';
import { interpolateLatents } from './interpolate-latents.js';

const between = (from: number[], to: number[], steps: number, distribution: 'normal' | 'uniform') =>
  Array.from(interpolateLatents(Float32Array.from(from), Float32Array.from(to), steps, distribution));

describe('interpolateLatents', () => {
  it('goes along an arc, and of uniform latents along a line', () => {
    const arc = between([1, 0], [0, 1], 3, 'normal');
    [1, 0, Math.SQRT1_2, Math.SQRT1_2, 0, 1].forEach((value, i) => expect(arc[i]).toBeCloseTo(value, 6));
    expect(between([1, 0], [0, 1], 3, 'uniform')).toEqual([1, 0, 0.5, 0.5, 0, 1]);
  });

  it('goes along a line where there is no angle: from the middle of all latents, or to the other side', () => {
    expect(between([0, 0], [2, 4], 3, 'normal')).toEqual([0, 0, 1, 2, 2, 4]);
    expect(between([2, 4], [0, 0], 3, 'normal')).toEqual([2, 4, 1, 2, 0, 0]);
    expect(between([1, 0], [-1, 0], 3, 'normal')).toEqual([1, 0, 0, 0, -1, 0]);
  });

  it('refuses latents of two lengths, and steps that are none', () => {
    expect(() => between([1, 2], [1], 3, 'normal')).toThrow('latents of 2 and of 1 numbers');
    for (const steps of [0, -1, 1.5, NaN])
      expect(() => between([1], [2], steps, 'uniform')).toThrow('steps must be a whole number of at least 1');
  });
});
