/** What part of its time a run rests at most: a page that is slow by itself must not stop the training. */
export const mostRest = 0.4;
/** Of a hundred frames so many may be missed before runs rest more; and at so few they are given some of it back. */
const [toleratedMisses, fewMisses] = [0.03, 0.01];
/** What is given back at once: little, so that the frames do not begin to be missed again the next moment. */
const givenBack = 0.01;

/**
 * What part of their time runs are to rest from now on, so that the page that shows them gets its frames.
 *
 * @param rest the part of now, from 0 to {@link mostRest}
 * @param missed what part of the display's frames the page has missed in the last moment, from 0 to 1
 */
export function nextRest(rest: number, missed: number): number {
  if (missed > toleratedMisses) return Math.min(mostRest, rest + missed / 2);
  return missed < fewMisses ? Math.max(0, rest - givenBack) : rest;
}

/** Milliseconds of a frame of the display: what a quarter of the waits does not exceed, for missed frames are waits of two or more. */
export function displayInterval(times: readonly number[]): number {
  const waits = times.slice(1).map((time, i) => time - times[i]);
  return waits.sort((a, b) => a - b)[Math.floor(waits.length / 4)];
}

/** @param interval of the display. Faster ones than 60 a second are not asked for */
export function missedShare(times: readonly number[], interval: number): number {
  const wanted = (times[times.length - 1] - times[0]) / Math.max(interval, 1000 / 60);
  return Math.max(0, 1 - (times.length - 1) / wanted);
}
