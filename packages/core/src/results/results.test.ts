import { describe, expect, it } from 'vitest';
import { changeWords } from './change-words.js';
import { protocolWords } from './protocol-words.js';
import { areComparable, howMeasured, resultsByName } from './results.js';

it('words of a protocol are its numbers as tables have them, by dotted names', () => {
  const protocol = { rule: 'radius', radius: 0.0158765, of: { samples: 2000, seed: null }, sizes: [1, 2] };
  expect(protocolWords(protocol)).toBe(
    'rule radius, radius 0.01588, of.samples 2,000, of.seed null, sizes [1,2]',
  );
});

it('says what is another', () => {
  const words = [
    { key: 'method.id', before: 'gan', now: 'lsgan' },
    { key: 'batchSize', before: 16, now: 8 },
    { key: 'old', before: true, now: undefined },
    { key: 'sizes', before: undefined, now: [1, 2] },
  ].map(changeWords);
  expect(words).toEqual([
    'method.id lsgan in place of gan',
    'batchSize 8 in place of 16',
    'old nothing in place of true',
    'sizes [1,2] in place of nothing',
  ]);
});

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
