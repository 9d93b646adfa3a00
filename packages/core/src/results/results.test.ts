import { describe, expect, it } from 'vitest';
import { areComparable, howMeasured, resultsByName } from './results.js';

describe('results', () => {
  it('can be compared where rule, samples and all else is the same, but for what is measured from the data', () => {
    expect(areComparable({ rule: 'radius', radius: 0.0159 }, { rule: 'radius', radius: 0.0162 })).toBe(true);
    expect(areComparable({ rule: 'radius', radius: 0.0159 }, { rule: 'radius', radius: 0.02 })).toBe(false);
    expect(areComparable({ samples: 2000 }, { samples: 2001 })).toBe(false);
    expect(areComparable({ samples: 2000 }, { samples: 2000, of: 'x' })).toBe(false);
    expect(areComparable([1, { a: 'b' }], [1, { a: 'b' }])).toBe(true);
    expect(areComparable([1], [1, 2])).toBe(false);
    expect(areComparable({ layer: null }, { layer: null })).toBe(true);
    expect(areComparable({ layer: null }, { layer: {} })).toBe(false);
    expect(areComparable({ radius: Infinity }, { radius: Infinity })).toBe(true);
  });

  it('are measured of so many samples, where they are of samples', () => {
    expect(howMeasured({ protocol: { layer: '2048' }, samples: { generated: 50 } })).toEqual({
      layer: '2048',
      samples: { generated: 50 },
    });
    expect(howMeasured({ protocol: { layer: '2048' }, samples: {} })).toEqual({ layer: '2048' });
  });

  it('of one id have names of their own', () => {
    const results = [
      { id: 'fid', value: 1 },
      { id: 'kid', value: 2 },
      { id: 'fid', value: 3 },
      { id: 'fid', value: 4 },
    ];
    expect([...resultsByName(results)].map(([name, { value }]) => [name, value])).toEqual([
      ['fid', 1],
      ['kid', 2],
      ['fid [2]', 3],
      ['fid [3]', 4],
    ]);
  });
});
