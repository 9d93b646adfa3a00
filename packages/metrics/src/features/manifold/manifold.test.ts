import { RandomStream } from '@dist-gan/core';
import { describe, expect, it } from 'vitest';
import { draw, drawPair, featureVectors, type Pair } from '../../../test/features.js';
import type { Features, RealAndGenerated } from '../feature-matrix.js';
import { authenticPercentage } from './authenticity.js';
import {
  densityCoverage,
  precisionRecall,
  precisionRecallDensityCoverage,
  type DensityCoverageOptions,
} from './manifold-metrics.js';
import { realism } from './realism.js';
import { onnxEngine, ownEngine } from '../../linear-algebra/index.js';

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
    await expect(precisionRecall(sets, run)).rejects.toThrow(
      'of the generated samples there are 3, each with 2 others',
    );
    const one = { real: normal(1, 1, 3), generated: normal(2, 20, 3) };
    await expect(densityCoverage(one, run)).rejects.toThrow('of the real samples there is 1');
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

  it('leaves no sample out where all radii are equal, whose root times itself is less', async () => {
    const diagonal = Array.from({ length: 6 }, (_, i) => [i, i, i]);
    const generated = points(...diagonal.map(([x]) => [x + 0.25, x + 0.25, x + 0.25]));
    // Each radius is the root of 3, each distance a quarter of it.
    const { scores } = await realism({ real: points(...diagonal), generated }, { ...run, neighbours: 1 });
    expect([...scores]).toEqual([4, 4, 4, 4, 4, 4]);
  });

  it('is infinite for copies, and says so', async () => {
    const real = points([0], [1], [3], [10]);
    const result = await realism({ real, generated: real }, { ...run, neighbours: 1 });
    expect(result.value).toBe(Infinity);
    expect(result.warnings).toEqual([expect.stringContaining('2 generated samples')]);
  });
});

/** What a definition says, of differences one by one, with no product of matrices. */
function byDefinition({ real, generated }: RealAndGenerated, k: number) {
  const row = ({ data, dimension }: Features, i: number) => [
    ...data.subarray(i * dimension, (i + 1) * dimension),
  ];
  const rows = (set: Features) =>
    Array.from({ length: set.data.length / set.dimension }, (_, i) => row(set, i));
  const distance = (x: number[], y: number[]) => Math.hypot(...x.map((value, i) => value - y[i]));
  const [r, g] = [rows(real), rows(generated)];
  const radii = (set: number[][]) =>
    set.map(
      (x, i) =>
        set
          .filter((_, j) => j !== i)
          .map((y) => distance(x, y))
          .sort((a, b) => a - b)[k - 1],
    );
  const [ofReal, ofGenerated] = [radii(r), radii(g)];
  const share = (set: number[][], is: (x: number[]) => boolean) => set.filter(is).length / set.length;
  const inside = (x: number[], y: number[], radius: number) => distance(x, y) < radius;
  return {
    precision: share(g, (y) => r.some((x, i) => inside(x, y, ofReal[i]))),
    recall: share(r, (x) => g.some((y, j) => inside(x, y, ofGenerated[j]))),
    density: g.flatMap((y) => r.filter((x, i) => inside(x, y, ofReal[i]))).length / (k * g.length),
    coverage: share(r, (x) => g.some((y) => inside(x, y, ofReal[r.indexOf(x)]))),
  };
}

describe.each(['own', 'onnx'])('every engine: %s', (id) => {
  const engineOf = async () => (id === 'own' ? ownEngine() : onnxEngine());
  const offset = (set: Features, by: number): Features => ({
    ...set,
    data: Float64Array.from(set.data, (value) => value + by),
  });

  it.each([0, 1e8, -3e12])('keeps its digits beside a common offset of %s', async (by) => {
    const moved = {
      real: offset(normal(1, 60, 5), by),
      generated: offset(normal(2, 50, 5, 0.9), by),
    };
    const results = await precisionRecallDensityCoverage(moved, { engine: await engineOf(), neighbours: 3 });
    const values = Object.fromEntries(results.map(({ id: of, value }) => [of, value]));
    // Of the very numbers that were rounded beside the offset.
    expectValues(values, byDefinition(moved, 3));
  });

  it('recognises every copy among samples of 512 features', async () => {
    const engine = await engineOf();
    const real = normal(1, 200, 512);
    const copies = { ...real, data: real.data.slice(0, 100 * 512) };
    const { scores } = await realism({ real, generated: copies }, { engine });
    // The radius of a real sample is that of its own set, by definition.
    const squares = Array.from(
      { length: 200 },
      (_, i) =>
        Array.from({ length: 200 }, (__, j) => {
          let sum = 0;
          for (let k = 0; k < 512; k++) sum += (real.data[i * 512 + k] - real.data[j * 512 + k]) ** 2;
          return sum;
        }).sort((a, b) => a - b)[3],
    );
    const median = squares.toSorted((a, b) => a - b)[100];
    const recognised = squares.slice(0, 100).filter((square) => square < median).length;
    expect(scores.filter((score) => score === Infinity).length).toBeGreaterThanOrEqual(recognised);
    expect(Math.max(...scores.filter(Number.isFinite), 0)).toBeLessThan(2);
    expect((await authenticPercentage({ real, generated: copies }, { engine })).value).toBe(0);
  });

  it.each([1e-170, 1e170])('does not depend on the size of features: %s', async (size) => {
    const engine = await engineOf();
    const sets = { real: normal(1, 40, 3), generated: normal(2, 40, 3, 0.8) };
    const grown = (set: Features): Features => ({
      ...set,
      data: Float64Array.from(set.data, (value) => value * size),
    });
    const large = { real: grown(sets.real), generated: grown(sets.generated) };
    const options = { engine, neighbours: 3 };
    const [one, other] = [
      await precisionRecallDensityCoverage(sets, options),
      await precisionRecallDensityCoverage(large, options),
    ];
    expect(other.map(({ value }) => value)).toEqual(one.map(({ value }) => value));
  });
});

describe('engines', () => {
  it('give the same numbers for sets with many ties', async () => {
    const stream = RandomStream.fromSeed(5);
    const digits = (count: number): Features => ({
      data: Float64Array.from({ length: count * 24 }, () => stream.nextInteger(2) / 10),
      dimension: 24,
    });
    const sets = { real: digits(150), generated: digits(150) };
    const onnx = await onnxEngine();
    for (const boundary of ['inclusive', 'exclusive'] as const) {
      const [own, other] = [
        await precisionRecallDensityCoverage(sets, { ...run, boundary }),
        await precisionRecallDensityCoverage(sets, { engine: onnx, boundary }),
      ];
      expect(other).toEqual(own);
    }
    expect((await realism(sets, { engine: onnx })).scores).toEqual((await realism(sets, run)).scores);
  });

  it('give the same numbers for samples too near one another for float32', async () => {
    // One sample far away: next to it, float32 knows the others as 0.
    const cloud = (seed: number): Features => {
      const data = Float64Array.from(RandomStream.fromSeed(seed).normal(60 * 8), (value) => 1e-44 * value);
      data.fill(1, 0, 8);
      return { data, dimension: 8 };
    };
    const sets = { real: cloud(1), generated: cloud(2) };
    const onnx = await onnxEngine();
    const own = await precisionRecallDensityCoverage(sets, run);
    expect(await precisionRecallDensityCoverage(sets, { engine: onnx })).toEqual(own);
    expect(own.every(({ value }) => value > 0.1 && value !== 1)).toBe(true);
    expect((await realism(sets, { engine: onnx })).scores).toEqual((await realism(sets, run)).scores);
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
