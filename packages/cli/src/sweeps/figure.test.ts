import type { GroupSummary } from '@dist-gan/sweeps';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { drawFigure, limitsOf } from './figure.js';

/** Rows with a run for each value, which has it at step 20 and 10 less at step 10. */
function group(rows: Readonly<Record<string, readonly number[]>>): GroupSummary {
  const evaluation = (step: number, value: number) => ({
    step,
    numbers: [{ metric: 'points', value, protocol: {} }],
  });
  return {
    preset: 'grid',
    published: [],
    columns: [{ metric: 'points', protocol: {} }],
    rows: Object.entries(rows).map(([label, values]) => ({
      setting: { label },
      counts: { done: values.length, collapsed: 0, failed: 0, unfinished: 0 },
      runs: values.map((value) => ({
        outcome: { state: 'done' },
        evaluations: [evaluation(10, value - 10), evaluation(20, value)],
      })),
    })),
  } as unknown as GroupSummary;
}

describe('drawFigure', () => {
  it('draws mean and spread where they belong', async () => {
    const { svg, png } = (await drawFigure(group({ a: [10, 20], b: [100, 200] })))!;
    const numbers = (path: string) => path.match(/-?[\d.]+/g)!.map(Number);
    const pathOf = (pattern: RegExp) => numbers(pattern.exec(svg)![1]);
    // Row b: mean 140 and 150, bands from 90 and 100 to 190 and 200.
    const line = pathOf(/<path d="([^"]*)" fill="none"[^>]* stroke="#d55e00"/);
    const band = pathOf(/<polygon points="([^"]*)" fill="#d55e00"/);
    const [, early, x, late] = line;
    const [, , xTop, top, , bottom, , bottomEarly] = band;
    expect(x).toBeCloseTo(xTop, 1);
    expect(late).toBeCloseTo((top + bottom) / 2, 1);
    expect(top).toBeLessThan(late);
    expect((bottomEarly - bottom) / (early - late)).toBeCloseTo(1, 1);
    expect(svg).toContain('>a (2 runs, 0 collapsed, 0 failed)<');
    const { width } = PNG.sync.read(Buffer.from(png));
    expect(`<svg width="${width / 2}"`).toBe(svg.slice(0, svg.indexOf(' height')));
  });

  it('draws, with words, what published values and samples of the data itself are', async () => {
    const sweep = group({ a: [10, 20] });
    const numbers = [{ metric: 'points', value: 15, protocol: {}, ideal: 25 }];
    const runs = [{ outcome: { state: 'done' }, evaluations: [{ step: 10, numbers }] }];
    const published = [
      { metric: 'points', text: '20 of 25', value: 20, source: 'A paper' },
      { metric: 'points', text: '19 in the best run', source: 'No number' },
      { metric: 'others', text: '18', value: 18, source: 'Another metric' },
    ];
    const rows = [{ ...sweep.rows[0], runs }] as unknown as GroupSummary['rows'];
    const { svg } = (await drawFigure({ ...sweep, rows, published }))!;
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(words).toEqual(expect.arrayContaining(['of the data itself', 'A paper: 20']));
    expect(words.join()).not.toMatch(/No number|Another metric/);
    const heights = [...svg.matchAll(/<path d="M[\d.]+ ([\d.]+)L[\d.]+ \1"[^>]*stroke-dasharray="4,3"/g)].map(
      ([, y]) => Number(y),
    );
    expect(heights).toHaveLength(2);
    expect(heights[0]).toBeLessThan(heights[1]);
  });

  it('says what is not in its lines', async () => {
    const wordsOf = async (change: (row: GroupSummary['rows'][number]) => object) => {
      const sweep = group({ a: [10, 20] });
      const rows = sweep.rows.map((row) => ({ ...row, ...change(row) }));
      const { svg } = (await drawFigure({ ...sweep, rows }))!;
      return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    };
    const [whole, unfinished, shorter] = [
      await wordsOf(() => ({})),
      await wordsOf(({ counts }) => ({ counts: { ...counts, unfinished: 3 } })),
      await wordsOf(({ runs: [first, second] }) => ({
        runs: [first, { ...second, evaluations: second.evaluations.slice(0, 1) }],
      })),
    ];
    expect(whole.filter((text) => /left out|not all/.test(text))).toEqual([]);
    expect(unfinished).toContain('Runs that failed or have no end yet are left out.');
    expect(unfinished).toContain('a (2 runs, 0 collapsed, 0 failed, 3 to go)');
    expect(shorter).toContain('At steps that not all runs of a row have: of those that do.');
  });

  it('is none of nothing', async () => {
    expect(await drawFigure(group({ a: [] }))).toBeUndefined();
  });
});

it('values that differ by rounding alone are one value', () => {
  const point = { step: 1, mean: 1, least: 1, greatest: 1 + 4e-16, runs: 2 };
  const [low, high] = limitsOf([{ label: 'a', points: [point] }]);
  expect(high - low).toBeGreaterThan(0.1);
});
