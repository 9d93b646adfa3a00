import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { drawWeights, type WeightDistribution } from './weight-distribution.js';

/** A dense kernel, a convolution and a transposed one, each with enough numbers to measure them. */
const shapes = [
  [300, 100],
  [5, 5, 20, 60],
  [5, 5, 60, 20],
];

function draw(distribution: WeightDistribution, shape: number[]): Float32Array {
  return drawWeights(distribution, shape, RandomStream.fromSeed(11));
}

function variance(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
}

function largest(values: Float32Array): number {
  return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}

// 30,000 numbers: a variance deviates by 0.8 % (normal) or 0.5 % (uniform) of itself, one sigma.
const within = 0.04;

describe('drawWeights', () => {
  it.each(shapes)('he-normal of [%i, %i, ...]', (...shape) => {
    const fanIn = shape.length === 2 ? shape[0] : 25 * shape[2];
    const values = draw({ id: 'he-normal' }, shape);
    expect(Math.abs((variance(values) * fanIn) / 2 - 1)).toBeLessThan(within);
    // Not truncated: of 30,000 normal numbers some lie beyond 3 sigma.
    expect(largest(values)).toBeGreaterThan(3 * Math.sqrt(2 / fanIn));
  });

  it.each(shapes)('xavier-uniform of [%i, %i, ...]', (...shape) => {
    const fans = shape.length === 2 ? 400 : 25 * 80;
    const values = draw({ id: 'xavier-uniform' }, shape);
    // The variance of U(-a, a) is a^2 / 3.
    expect(Math.abs((variance(values) * fans) / 2 - 1)).toBeLessThan(within);
    expect(largest(values)).toBeLessThanOrEqual(Math.sqrt(6 / fans));
  });

  it('tflib-uniform of a convolution and of its transpose', () => {
    // A convolution from 20 to 60 channels: fan_in = 25 * 20, fan_out = 25 * 60 / 4.
    const forward = draw({ id: 'tflib-uniform', stride: 2 }, [5, 5, 20, 60]);
    expect(Math.abs((variance(forward) * (500 + 375)) / 4 - 1)).toBeLessThan(within);
    // A transposed one from 20 to 60 channels: fan_in = 25 * 20 / 4, fan_out = 25 * 60.
    const transposed = draw({ id: 'tflib-uniform', stride: 2 }, [5, 5, 60, 20]);
    expect(Math.abs((variance(transposed) * (125 + 1500)) / 4 - 1)).toBeLessThan(within);
    expect(largest(transposed)).toBeLessThanOrEqual(Math.sqrt(3) * Math.sqrt(4 / 1625) * (1 + 1e-6));
  });

  it.each(shapes)('fan-in-uniform of [%i, %i, ...]', (...shape) => {
    const fanIn = shape.length === 2 ? shape[0] : 25 * shape[2];
    const values = draw({ id: 'fan-in-uniform' }, shape);
    expect(Math.abs(variance(values) * fanIn * 3 - 1)).toBeLessThan(within);
    expect(largest(values)).toBeLessThanOrEqual(1 / Math.sqrt(fanIn));
  });

  it.each([
    [[3, 3, 2, 20], 18, 20],
    [[3, 3, 4, 7], 36, 7],
    [[12, 12], 12, 12],
  ])('orthogonal of %j', (shape, rows, columns) => {
    const gain = 1.5;
    const values = draw({ id: 'orthogonal', gain }, shape);
    const at = (row: number, column: number): number => values[row * columns + column];
    const fewer = Math.min(rows, columns);
    const more = Math.max(rows, columns);
    for (let i = 0; i < fewer; i++) {
      for (let j = 0; j < fewer; j++) {
        let product = 0;
        for (let k = 0; k < more; k++) product += rows < columns ? at(i, k) * at(j, k) : at(k, i) * at(k, j);
        expect(product).toBeCloseTo(i === j ? gain ** 2 : 0, 5);
      }
    }
  });

  it('orthogonal directions are uniformly distributed: both signs are as frequent', () => {
    const values = draw({ id: 'orthogonal', gain: 1 }, [100, 100]);
    const positive = values.filter((value) => value > 0).length;
    // 10,000 signs, close to independent: 50 is one sigma.
    expect(Math.abs(positive - 5000)).toBeLessThan(250);
  });

  it('normal and truncated-normal', () => {
    const normal = draw({ id: 'normal', standardDeviation: 0.02 }, [300, 100]);
    expect(Math.abs(variance(normal) / 0.0004 - 1)).toBeLessThan(within);
    expect(largest(normal)).toBeGreaterThan(0.06);

    const truncated = draw({ id: 'truncated-normal', standardDeviation: 0.1 }, [300, 100]);
    expect(largest(truncated)).toBeLessThanOrEqual(0.2);
    // Cut at two sigma, the variance is 1 - 2 * 2 * phi(2) / (2 * Phi(2) - 1) = 0.773741 of the whole.
    expect(Math.abs(variance(truncated) / (0.01 * 0.773741) - 1)).toBeLessThan(within);
  });
});
