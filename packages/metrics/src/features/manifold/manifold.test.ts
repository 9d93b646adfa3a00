import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { draw, drawPair, featureVectors, type Pair } from '../../../test/features.js';
import type { Features, RealAndGenerated } from '../feature-matrix.js';
import { onnxEngine } from '../../linear-algebra/engines/onnx-engine.js';
import { ownEngine } from '../../linear-algebra/engines/own-engine.js';
import { authenticPercentage } from './authenticity.js';
import {
  densityCoverage,
  precisionRecall,
  precisionRecallDensityCoverage,
  type DensityCoverageOptions,
} from './manifold-metrics.js';
import { realism } from './realism.js';

const run = { engine: ownEngine() };

async function prdc(sets: RealAndGenerated, options: DensityCoverageOptions) {
  const results = await precisionRecallDensityCoverage(sets, { ...run, ...options });
  return Object.fromEntries(results.map(({ id, value }) => [id, value]));
}

function expectValues(actual: Record<string, number>, expected: Record<string, number>): void {
  for (const [id, value] of Object.entries(expected)) expect(actual[id], id).toBeCloseTo(value, 12);
}

const points = (...values: number[][]): Features => ({
  data: Float64Array.from(values.flat()),
  dimension: values[0].length,
});

const normal = (seed: number, count: number, dimension: number, scale = 1): Features => ({
  data: RandomStream.fromSeed(seed)
    .normal(count * dimension)
    .map((value) => value * scale),
  dimension,
});

const drawn = featureVectors.prdc.filter((vector) => vector.real !== undefined);
const equalSets = featureVectors.prdc.find((vector) => vector.real === undefined && vector.k === 3)!;
const ties = featureVectors.prdc.find((vector) => vector.real === undefined && vector.k === 2)!;

describe('precision, recall, density and coverage', () => {
  it.each(drawn)('give the vector of k = $k and $real.n x $real.d', async (vector) => {
    const sets = drawPair(vector as Pair);
    const options = { neighbours: vector.k };
    expectValues(await prdc(sets, { ...options, boundary: 'exclusive' }), { ...vector.strict });
    expectValues(await prdc(sets, { ...options, boundary: 'inclusive' }), { ...vector.non_strict });
  });

  it.each(['own', 'onnx'])('tell < from <= on a grid of ties (%s engine)', async (id) => {
    const engine = id === 'own' ? ownEngine() : await onnxEngine();
    const grid = Array.from({ length: 16 }, (_, i) => [Math.floor(i / 4), i % 4]);
    const sets = { real: points(...grid), generated: points(...grid.map(([x, y]) => [x + 1, y])) };
    const options = { neighbours: 2, engine };
    expectValues(await prdc(sets, { ...options, boundary: 'exclusive' }), { ...ties.strict });
    expectValues(await prdc(sets, { ...options, boundary: 'inclusive' }), { ...ties.non_strict });
  });

  it.each(['own', 'onnx'])('are those of equal sets (%s engine)', async (id) => {
    const engine = id === 'own' ? ownEngine() : await onnxEngine();
    const real = draw({ seed: 1, n: 40, d: 4, scale: 1, shift: 0 });
    for (const generated of [real, { ...real, data: real.data.slice() }]) {
      const options = { neighbours: 3, engine };
      expectValues(await prdc({ real, generated }, { ...options, boundary: 'exclusive' }), {
        ...equalSets.strict,
      });
      expectValues(await prdc({ real, generated }, { ...options, boundary: 'inclusive' }), {
        ...equalSets.non_strict,
      });
    }
  });

  it('have the right direction: a tight cluster inside wide reals (torch-fidelity)', async () => {
    const sets = { real: normal(1, 500, 8), generated: normal(2, 500, 8, 0.1) };
    const { precision, recall } = await prdc(sets, { neighbours: 3 });
    expect(precision).toBeGreaterThan(0.8);
    expect(recall).toBeLessThan(0.3);
  });

  it('are what theory expects of equal distributions, over several tiles', async () => {
    const sets = { real: normal(1, 1500, 4), generated: normal(2, 1500, 4) };
    const { density, coverage } = await prdc(sets, { neighbours: 5 });
    let missed = 1;
    for (let i = 1; i <= 5; i++) missed *= (1500 - i) / (3000 - i);
    // Standard errors of about 0.012 and 0.005.
    expect(density).toBeCloseTo(1, 1);
    expect(Math.abs(coverage - (1 - missed))).toBeLessThan(0.02);
    let limit = 1;
    for (let i = 1; i <= 5; i++) limit *= (10_000 - i) / (20_000 - i);
    expect(1 - limit).toBeCloseTo(featureVectors.coverage_expectation.N10000_k5, 12);
  });

  it('are the same when both sets are moved, and in any order of samples', async () => {
    const sets = { real: normal(1, 90, 3), generated: normal(2, 70, 3, 0.8) };
    const expected = await prdc(sets, {});
    const moved = ({ data, dimension }: Features) => ({
      dimension,
      data: data.map((value) => 2 * value - 16),
    });
    expectValues(await prdc({ real: moved(sets.real), generated: moved(sets.generated) }, {}), expected);
    const turned = ({ data, dimension }: Features) => ({ dimension, data: data.toReversed() });
    expectValues(await prdc({ real: turned(sets.real), generated: turned(sets.generated) }, {}), expected);
  });

  it('exchange precision and recall when the sets are exchanged', async () => {
    const sets = { real: normal(1, 90, 3), generated: normal(2, 70, 3, 0.8) };
    const there = await prdc(sets, {});
    const back = await prdc({ real: sets.generated, generated: sets.real }, {});
    expect([back.precision, back.recall]).toEqual([there.recall, there.precision]);
  });

  it('come with the rule of their authors', async () => {
    const sets = { real: normal(1, 20, 3), generated: normal(2, 30, 3) };
    const [precision, recall] = await precisionRecall(sets, run);
    expect(precision).toMatchObject({ id: 'precision', protocol: { neighbours: 3, boundary: 'inclusive' } });
    expect(recall).toMatchObject({ id: 'recall', samples: { real: 20, generated: 30 } });
    const [density, coverage] = await densityCoverage(sets, run);
    expect(density).toMatchObject({ id: 'density', protocol: { neighbours: 5, boundary: 'exclusive' } });
    const both = await prdc(sets, {});
    expect([density.value, coverage.value]).toEqual([both.density, both.coverage]);
  });

  it('refuse more neighbours than there are', async () => {
    const sets = { real: normal(1, 20, 3), generated: normal(2, 3, 3) };
    await expect(precisionRecall(sets, run)).rejects.toThrow('a sample of a set of 3 has 2 others');
    await expect(densityCoverage(sets, run)).resolves.toHaveLength(2);
  });
});

describe('realism', () => {
  it('is radius over distance, of the best real sample with a small radius', async () => {
    // Radii for k = 1: 1, 1, 2, 7; the median is 1.5.
    const real = points([0], [1], [3], [10]);
    const { scores, value, warnings } = await realism(
      { real, generated: points([0.5], [4], [10], [-2]) },
      { ...run, neighbours: 1 },
    );
    expect([...scores]).toEqual([2, 1 / 3, 1 / 9, 1 / 2]);
    expect(value).toBeCloseTo((2 + 1 / 3 + 1 / 9 + 1 / 2) / 4, 14);
    expect(warnings).toEqual([]);
  });

  it('is infinite for copies, and says so', async () => {
    const real = points([0], [1], [3], [10]);
    const result = await realism({ real, generated: real }, { ...run, neighbours: 1 });
    expect(result.value).toBe(Infinity);
    expect(result.warnings).toEqual([expect.stringContaining('2 generated samples')]);
  });
});

describe('authenticPercentage', () => {
  it('gives the vector of dgm-eval', async () => {
    const real = { seed: 1, n: 40, d: 4, scale: 1, shift: 0 };
    const sets = drawPair({ real, fake: { ...real, seed: 2, scale: 2, shift: 0.25 } });
    expect((await authenticPercentage(sets, run)).value).toBe(featureVectors.authpct.value);
  });

  it('is 0 for copies and 100 for samples far away', async () => {
    const real = normal(1, 50, 3);
    expect((await authenticPercentage({ real, generated: real }, run)).value).toBe(0);
    const far = { ...real, data: real.data.map((value) => value + 100) };
    expect((await authenticPercentage({ real, generated: far }, run)).value).toBe(100);
  });
});
