import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropy, jensenShannonDivergence, klDivergence, totalVariation } from './divergences.js';

/** Two histograms over the same bins, neither empty. */
const pair = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((bins) => ({ p: bins.map(([a]) => a), q: bins.map(([, b]) => b) }))
  .filter(({ p, q }) => p.some((n) => n > 0) && q.some((n) => n > 0));

describe('divergences of histograms', () => {
  it('have their closed forms on two bins', () => {
    const [p, q] = [
      [3, 1],
      [1, 1],
    ];
    expect(totalVariation(p, q)).toBeCloseTo(0.25, 15);
    expect(entropy(p)).toBeCloseTo(2 * Math.LN2 - 0.75 * Math.log(3), 15);
    expect(klDivergence(p, q)).toBeCloseTo(0.75 * Math.log(3) - Math.LN2, 15);
    expect(klDivergence(q, p)).toBeCloseTo(Math.LN2 - Math.log(3) / 2, 15);
    // m = (5/8, 3/8).
    const js =
      (0.75 * Math.log(6 / 5) + 0.25 * Math.log(2 / 3) + 0.5 * Math.log(4 / 5) + 0.5 * Math.log(4 / 3)) / 2;
    expect(jensenShannonDivergence(p, q)).toBeCloseTo(js, 15);
  });

  it('are at their ends when all is in one of K bins', () => {
    const uniform = [1, 1, 1, 1, 1];
    const one = [0, 0, 7, 0, 0];
    expect(totalVariation(one, uniform)).toBeCloseTo(0.8, 15);
    expect(entropy(one)).toBe(0);
    expect(entropy(uniform)).toBeCloseTo(Math.log(5), 15);
    expect(klDivergence(one, uniform)).toBeCloseTo(Math.log(5), 15);
    expect(klDivergence(uniform, one)).toBe(Infinity);
    expect(jensenShannonDivergence([1, 0], [0, 3])).toBeCloseTo(Math.LN2, 15);
  });

  it('are zero on equal shares, whatever the totals', () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 9 }), ({ p }, times) => {
        const q = p.map((count) => count * times);
        for (const divergence of [totalVariation, klDivergence, jensenShannonDivergence]) {
          expect(Math.abs(divergence(p, q))).toBeLessThan(1e-14);
        }
      }),
    );
  });

  it('refuse histograms over other bins', () => {
    for (const divergence of [totalVariation, klDivergence, jensenShannonDivergence]) {
      expect(() => divergence([1, 1], [1, 1, 2])).toThrow('histograms of 2 and of 3 bins');
      expect(() => divergence([1, 1, 2], [1, 1])).toThrow('histograms of 3 and of 2 bins');
    }
  });

  it('obey the inequalities between them', () => {
    fc.assert(
      fc.property(pair, ({ p, q }) => {
        const tv = totalVariation(p, q);
        const js = jensenShannonDivergence(p, q);
        const kl = klDivergence(p, q);
        const slack = 1e-12;
        expect(tv).toBeGreaterThanOrEqual(0);
        expect(tv).toBeLessThanOrEqual(1 + slack);
        // Pinsker; Lin's bounds on the Jensen-Shannon divergence.
        expect(kl + slack).toBeGreaterThanOrEqual(2 * tv * tv);
        expect(js).toBeLessThanOrEqual(Math.LN2 * tv + slack);
        expect(js + slack).toBeGreaterThanOrEqual((tv * tv) / 2);
        expect(jensenShannonDivergence(q, p)).toBeCloseTo(js, 12);
        // To the uniform distribution, divergence and entropy add up to ln K.
        const uniform = p.map(() => 1);
        expect(klDivergence(p, uniform) + entropy(p)).toBeCloseTo(Math.log(p.length), 12);
      }),
    );
  });
});
