import { expect, it } from 'vitest';
import { displayInterval, missedShare, mostRest, nextRest } from './src/page/next-rest.js';
import { Rest } from './src/training/rest.js';

/** Shares of rest, second after second, on a page that misses what its runs rest less than it needs. */
function restsOf(seconds: number, neededAt: (second: number) => number, from = 0): number[] {
  const rests = [from];
  for (let second = 0; second < seconds; second++) {
    const rest = rests[second];
    rests.push(nextRest(rest, Math.max(0, neededAt(second) - rest)));
  }
  return rests;
}

it('finds the rest that a page needs, and stays there', () => {
  for (const needed of [0.05, 0.1, 0.2, 0.35]) {
    const rests = restsOf(60, () => needed);
    for (const rest of rests.slice(10)) {
      expect(needed - rest).toBeLessThanOrEqual(0.03);
      expect(rest).toBeLessThanOrEqual(needed);
    }
    // Where misses are few but some, nothing changes any more: it does not swing.
    expect(new Set(rests.slice(30)).size).toBe(1);
  }
});

it('gives everything back when the page gets its frames, and takes nothing where it always has', () => {
  const rests = restsOf(60, (second) => (second < 10 ? 0.3 : 0));
  expect(rests[10]).toBeGreaterThan(0.25);
  expect(rests.at(-1)).toBe(0);
  expect(new Set(restsOf(20, () => 0))).toEqual(new Set([0]));
});

it('never rests more than it may, whatever is missed', () => {
  expect(Math.max(...restsOf(20, () => 5))).toBe(mostRest);
});

/** Times of frames on a display: 0 where one came, 1 where it was missed. */
const timesOf = (interval: number, misses: readonly number[]) =>
  misses.flatMap((missed, frame) => (missed ? [] : [frame * interval]));

it('counts missed frames against those of the display, whatever its rate', () => {
  const misses = Array.from({ length: 61 }, (_, frame) => (frame % 5 === 1 ? 1 : 0));
  for (const interval of [1000 / 60, 1000 / 50, 1000 / 30]) {
    const times = timesOf(interval, misses);
    expect(displayInterval(times)).toBeCloseTo(interval, 9);
    expect(missedShare(times, interval)).toBeCloseTo(1 / 5, 9);
    expect(
      missedShare(
        timesOf(
          interval,
          misses.map(() => 0),
        ),
        interval,
      ),
    ).toBeCloseTo(0, 9);
  }
  // 144 a second are not asked for: 60 are enough.
  const quick = timesOf(
    1000 / 144,
    Array.from({ length: 145 }, (_, frame) => frame % 2),
  );
  expect(missedShare(quick, displayInterval(quick))).toBe(0);
});

it('rests its share of the time, in rests that a timer can keep', () => {
  for (const [share, step] of [
    [0.1, 0.7],
    [0.25, 20],
    [0.4, 300],
  ]) {
    const rest = new Rest(share);
    const steps = 3000;
    const rests = Array.from({ length: steps }, () => rest.after(step)).filter((due) => due > 0);
    const rested = rests.reduce((sum, due) => sum + due, 0);
    expect(rested / (rested + steps * step)).toBeCloseTo(share, 2);
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(4);
  }
  const none = new Rest();
  expect([none.after(1000), none.after(1e6)]).toEqual([0, 0]);
});
