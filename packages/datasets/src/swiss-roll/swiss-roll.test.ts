import { describeDataset } from '@dist-gan/testing/dataset';
import { describe, expect, it } from 'vitest';
import { swissRoll } from './swiss-roll.js';

describeDataset('swiss-roll', {
  create: swissRoll,
  expected: { size: 50_000, sampleShape: [2], type: 'float32' },
});

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

describe('swissRoll', () => {
  it("is WGAN-GP's spiral: each point t / 7.5 from the middle, at the angle t", () => {
    const points = swissRoll({ points: 500, noise: 0, normalise: false }).batch(all(500));
    const turns = new Set<number>();
    for (let i = 0; i < points.length; i += 2) {
      const t = 7.5 * Math.hypot(points[i], points[i + 1]);
      expect(t).toBeGreaterThanOrEqual(1.5 * Math.PI - 1e-5);
      expect(t).toBeLessThanOrEqual(4.5 * Math.PI + 1e-5);
      expect(points[i]).toBeCloseTo((t * Math.cos(t)) / 7.5, 4);
      expect(points[i + 1]).toBeCloseTo((t * Math.sin(t)) / 7.5, 4);
      turns.add(Math.floor((t / Math.PI - 1.5) / 0.5));
    }
    expect(turns.size).toBe(6);
  });

  it('has the moments of its spiral and its noise', () => {
    const count = 20_000;
    const points = swissRoll({ points: count, normalise: false }).batch(all(count));
    // With t uniform over [a, b]: the mean of x is the integral of t cos t, [cos t + t sin t], over b - a; of y [sin t - t cos t].
    const [a, b] = [1.5 * Math.PI, 4.5 * Math.PI];
    const means = [
      (Math.cos(b) + b * Math.sin(b) - Math.cos(a) - a * Math.sin(a)) / (b - a) / 7.5,
      (Math.sin(b) - b * Math.cos(b) - Math.sin(a) + a * Math.cos(a)) / (b - a) / 7.5,
    ];
    // E(x^2 + y^2) = E t^2 + 2 noise^2.
    const square = ((b ** 3 - a ** 3) / 3 / (b - a) + 2 * 0.25 ** 2) / 7.5 ** 2;
    const average = (f: (x: number, y: number) => number) =>
      all(count).reduce((sum, i) => sum + f(points[2 * i], points[2 * i + 1]), 0) / count;
    // Standard deviations of the averages are below 0.009.
    expect(Math.abs(average((x) => x) - means[0])).toBeLessThan(0.03);
    expect(Math.abs(average((_, y) => y) - means[1])).toBeLessThan(0.03);
    expect(Math.abs(average((x, y) => x * x + y * y) - square)).toBeLessThan(0.03);
  });

  it('goes to [0, 1] as mixtures do, with a margin where one is asked for', () => {
    const options = { points: 1000, margin: 0.25 };
    const points = swissRoll(options).batch(all(1000));
    const original = swissRoll({ points: 1000, normalise: false }).batch(all(1000));
    const largest = original.reduce((m, value) => (Math.abs(value) > Math.abs(m) ? value : m), 0);
    points.forEach((value, i) => expect(value).toBeCloseTo((original[i] / largest / 1.25 + 1) / 2, 5));
  });

  it('depends on its seed, and names an option that it does not have', () => {
    const first = (seed: number) => swissRoll({ points: 10, seed }).batch(all(10));
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
    expect(() => swissRoll({ noice: 1 } as never)).toThrow('did you mean noise?');
    expect(() => swissRoll({ points: 0 })).toThrow('swiss-roll.points');
  });
});
