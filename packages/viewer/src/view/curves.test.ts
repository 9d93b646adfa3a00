/** What the page makes of numbers before it draws them. */
import { describe, expect, it } from 'vitest';
import { align } from '../../page/curves/aligned.js';
import { smooth } from '../../page/curves/smoothing.js';
import { referenceLines } from './reference-lines.js';

const settings = { along: 'steps', log: false, smoothing: 0, zoom: undefined } as const;

function curve(label: string, steps: number[], values: number[]) {
  return { label, color: 0, at: { steps, seconds: steps }, values };
}

describe('align', () => {
  const losses = curve('loss', [1, 2, 3, 4], [2, -1, 0, 4]);

  it('counts each value once that a logarithmic axis has no place for, smoothed or not', () => {
    const log = { ...settings, log: true };
    expect(align([losses], log, true)).toMatchObject({
      left: 2,
      data: [
        [1, 2, 3, 4],
        [2, null, null, 4],
      ],
    });
    const smoothed = align([losses], { ...log, smoothing: 0.5 }, true);
    expect(smoothed.left).toBe(2);
    expect(smoothed.lines.map(({ beneath }) => beneath)).toEqual([true, false]);
    expect(align([losses], log, false).left).toBe(0);
  });

  it('has a place for no value that is not finite, and counts the infinite ones', () => {
    const { data, infinite } = align([curve('kl', [1, 2, 3], [1, Infinity, NaN])], settings, false);
    expect([data, infinite]).toEqual([
      [
        [1, 2, 3],
        [1, null, null],
      ],
      1,
    ]);
  });

  it('lays curves with points at other steps over one axis', () => {
    const { data } = align([curve('a', [1, 3], [10, 30]), curve('b', [2, 3], [20, 31])], settings, true);
    expect(data.map((column) => Array.from(column))).toEqual([
      [1, 2, 3],
      [10, undefined, 30],
      [undefined, 20, 31],
    ]);
  });
});

describe('smooth', () => {
  it('begins with the first value, and leaves gaps as they are', () => {
    // (0.5 * 0.5 * 4 + 0.5 * 8) / (0.5 + 0.25), by hand.
    const [first, gap, last] = smooth([4, NaN, 8], 0.5);
    expect([first, gap]).toEqual([4, null]);
    expect(last).toBeCloseTo(20 / 3, 12);
  });
});

describe('referenceLines', () => {
  const published = [
    { metric: 'kl', text: '0.5', value: 0.5, source: 'paper' },
    { metric: 'kl', text: 'about 1', source: 'paper' },
    { metric: 'fid', text: '3', value: 3, source: 'paper' },
  ];

  it('are of the data itself and of publications with one number', () => {
    expect(referenceLines('kl', 0.25, published)).toEqual([
      { value: 0.25, label: 'of the data itself' },
      { value: 0.5, label: 'paper: 0.5' },
    ]);
  });

  it('leave out what the data itself has of no finite value', () => {
    for (const ideal of [Infinity, NaN, undefined]) {
      expect(referenceLines('kl', ideal, published)).toEqual([{ value: 0.5, label: 'paper: 0.5' }]);
    }
  });
});
