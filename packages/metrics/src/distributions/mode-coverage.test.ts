import { isGanError, type SampleBatch } from '@dist-gan/core';
import { describeMetric } from '@dist-gan/testing/metric';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lcg } from '../../../../tooling/test/lcg.js';
import { modeVectors } from '../../test/vectors.js';
import { modeCoverage, type ModeCoverage } from './mode-coverage.js';

const points = (...values: number[]): SampleBatch => ({
  data: Float32Array.from(values),
  count: values.length / 2,
  sampleShape: [2],
});

const valuesOf = (metric: ModeCoverage) =>
  Object.fromEntries(metric.results().map(({ id, value }) => [id, value]));

const ids = [
  'modes-covered',
  'registered-points',
  'high-quality-share',
  'nearest-total-variation',
  'total-variation',
  'entropy',
  'kl-divergence',
  'reverse-kl-divergence',
  'jensen-shannon-divergence',
];

/** Of 16 samples, 6, 5 and 3 lie within 1 of the three centres; 2 do not, and are nearest to the first. */
const threeModes = {
  centres: [
    [0, 0],
    [10, 0],
    [0, 10],
  ],
  radius: 1,
};
const sixteen = points(
  ...[0, 0, 0.5, 0, 0, 0.5, -0.5, 0, 0, -0.5, 1, 0],
  ...[10, 0, 10, 0.5, 9.5, 0, 10, 1, 9, 0],
  ...[0, 10, 0, 9, 0.25, 10],
  ...[2, 2, -3, -3],
);

describeMetric('mode-coverage', {
  create: () => modeCoverage(threeModes),
  samples: sixteen,
  ids,
  expected: {
    'modes-covered': 3,
    'registered-points': 14,
    'high-quality-share': 14 / 16,
    'nearest-total-variation': 8 / 16 - 1 / 3,
    // Shares 6/14, 5/14, 3/14; the first two are above 1/3.
    'total-variation': 11 / 14 - 2 / 3,
    entropy: Math.log(14) - (6 * Math.log(6) + 5 * Math.log(5) + 3 * Math.log(3)) / 14,
    'kl-divergence': Math.log(3 / 14) + (6 * Math.log(6) + 5 * Math.log(5) + 3 * Math.log(3)) / 14,
    'reverse-kl-divergence': (Math.log(14 / 18) + Math.log(14 / 15) + Math.log(14 / 9)) / 3,
  },
});

describe('modeCoverage', () => {
  it("gives the published numbers of PacGAN's rule on the grid", () => {
    const expected = modeVectors.mode_grid25;
    const centres = [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => [x, y]));
    const metric = modeCoverage({
      centres,
      rule: 'nearest',
      boundary: 'exclusive',
      radius: 3 * 0.3,
      minimumCount: 1,
    });
    metric.update(points(...lcg(11, 1000).map((u) => (u - 0.5) * 9 + 1)));
    expect([...metric.counts]).toEqual(expected.counts);
    const values = valuesOf(metric);
    expect(values['modes-covered']).toBe(expected.modes);
    expect(values['high-quality-share']).toBe(expected.high_quality);
    // PacGAN calls KL(generated || uniform) the reverse KL.
    expect(values['kl-divergence']).toBeCloseTo(expected.reverse_kl_to_uniform, 12);
    expect(values['jensen-shannon-divergence']).toBeCloseTo(expected.jsd, 12);
    expect(values['reverse-kl-divergence']).toBe(Infinity);
  });

  it('calls a mode covered from 20 of 2000 samples on, as the authors do', () => {
    const twoModes = {
      centres: [
        [0, 0],
        [1, 1],
      ],
      radius: 0.1,
    };
    const covered = (inSecond: number, options = {}) => {
      const metric = modeCoverage({ ...twoModes, ...options });
      metric.update(
        points(...Array.from({ length: 2000 }, (_, i) => (i < inSecond ? [1, 1] : [0, 0])).flat()),
      );
      return valuesOf(metric)['modes-covered'];
    };
    expect(covered(19)).toBe(1);
    expect(covered(20)).toBe(2);
    expect(covered(20, { minimumCount: 21 })).toBe(1);
    expect(covered(1, { minimumCount: 1 })).toBe(2);
    expect(covered(99, { minimumShare: 0.05 })).toBe(1);
    expect(covered(100, { minimumShare: 0.05 })).toBe(2);
  });

  it.each([100, 300, 700, 2900, 12_300])('keeps the share exact at %d samples', (count) => {
    const metric = modeCoverage({
      centres: [
        [0, 0],
        [9, 9],
      ],
      radius: 1,
    });
    metric.update(
      points(...Array.from({ length: count }, (_, i) => (i < count / 100 ? [9, 9] : [0, 0])).flat()),
    );
    expect(valuesOf(metric)['modes-covered']).toBe(2);
  });

  it('counts a sample on the boundary as it is told', () => {
    const options = { centres: [[0, 0]], radius: 5 };
    const registered = (boundary: 'inclusive' | 'exclusive') => {
      const metric = modeCoverage({ ...options, boundary });
      metric.update(points(3, 4));
      return valuesOf(metric)['registered-points'];
    };
    expect(registered('inclusive')).toBe(1);
    expect(registered('exclusive')).toBe(0);
  });

  it('counts a sample for every centre within the radius, or for the nearest alone', () => {
    const options = {
      centres: [
        [0, 0],
        [1, 0],
      ],
      radius: 2,
    };
    const samples = points(0.25, 0, 0.75, 0, 2.5, 0, 9, 9);
    const [all, nearest] = [modeCoverage(options), modeCoverage({ ...options, rule: 'nearest' })];
    all.update(samples);
    nearest.update(samples);
    expect([...all.counts]).toEqual([2, 3]);
    expect([...nearest.counts]).toEqual([1, 2]);
    for (const metric of [all, nearest]) expect(valuesOf(metric)['high-quality-share']).toBe(0.75);
  });

  it('gives the values of disjoint distributions, with a warning, when nothing is registered', () => {
    const metric = modeCoverage(threeModes);
    metric.update(points(50, 50));
    const results = Object.fromEntries(metric.results().map((result) => [result.id, result]));
    expect(results['modes-covered'].value).toBe(0);
    expect(results['total-variation']).toMatchObject({
      value: 1,
      warnings: [expect.stringContaining('no sample')],
    });
    expect(results['kl-divergence'].value).toBe(Infinity);
    expect(results['jensen-shannon-divergence'].value).toBe(Math.LN2);
    expect(results['nearest-total-variation'].value).toBeCloseTo(2 / 3, 15);
  });

  it('merges what two metrics saw, and only of equal options', () => {
    const coordinates = fc.array(fc.float({ min: -2, max: 12, noNaN: true }), {
      minLength: 4,
      maxLength: 80,
    });
    const property = fc.property(coordinates, (values) => {
      const even = values.slice(0, values.length - (values.length % 2));
      const half = 2 * Math.floor(even.length / 4);
      const [whole, left, right] = [1, 2, 3].map(() => modeCoverage(threeModes));
      whole.update(points(...even));
      left.update(points(...even.slice(half)));
      right.update(points(...even.slice(0, half)));
      left.merge(right);
      expect(left.results()).toEqual(whole.results());
    });
    fc.assert(property);
    const other = modeCoverage({ ...threeModes, radius: 2 });
    expect(() => modeCoverage(threeModes).merge(other)).toThrow('same options');
  });

  it('does not change when points and centres are moved together', () => {
    const shift = fc.integer({ min: -50, max: 50 });
    const property = fc.property(shift, shift, (dx, dy) => {
      const moved = modeCoverage({
        ...threeModes,
        centres: threeModes.centres.map(([x, y]) => [x + dx, y + dy]),
      });
      moved.update(points(...sixteen.data.map((value, i) => value + (i % 2 === 0 ? dx : dy))));
      const still = modeCoverage(threeModes);
      still.update(sixteen);
      expect(moved.results()).toEqual(still.results());
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('names what is wrong with samples', () => {
    const metric = modeCoverage(threeModes);
    expect(() => metric.update(points(0, 0, 1, NaN))).toThrow(
      'mode-coverage: value 1 of sample 1 of the batch is NaN; nothing of the batch was counted',
    );
    expect(() => metric.update({ ...sixteen, sampleShape: [3] })).toThrow('2 coordinates like the centres');
    expect(() => metric.update({ ...sixteen, count: 15 })).toThrow('are 30 numbers, got 32');
    expect(() => metric.results()).toThrow('no generated samples were seen');
  });

  it.each([
    [{ radius: 1 }, 'mode-coverage.centres is required'],
    [{ centres: [[0, 0]] }, 'mode-coverage.radius is required'],
    [{ centres: [[0, 0], [1]], radius: 1 }, 'centre 1 has 1 coordinates, the first has 2'],
    [{ centres: [[0, 0]], radius: -1 }, 'mode-coverage.radius: must be above 0 (got -1)'],
    [{ centres: [[0, 0]], radius: 1, rule: 'near' }, 'must be "radius" or "nearest"'],
    [{ centres: [[0, 0]], radius: 1, minimumShare: 0.1, minimumCount: 3 }, 'give one of them'],
    [{ centres: [[0, 0]], radius: 1, minimumShare: 2 }, 'must be at most 1'],
    [{ centres: [[0, 0]], radius: 1, minimumShar: 0.1 }, 'did you mean minimumShare'],
  ])('refuses %j', (options, message) => {
    let thrown: unknown;
    try {
      modeCoverage(options as never);
    } catch (error) {
      thrown = error;
    }
    expect(isGanError(thrown, 'OPTION_INVALID')).toBe(true);
    expect((thrown as Error).message).toContain(message);
  });
});
