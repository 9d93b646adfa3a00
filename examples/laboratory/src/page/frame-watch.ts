import { displayInterval, missedShare, nextRest } from './next-rest.js';

/** Milliseconds over which frames are counted; much longer, and the page has not been shown meanwhile. */
const moment = 1000;
/** Moments after which the display's frames may have become longer, as a battery makes them. */
const remembered = 10;

/** Counts the page's frames while runs train, and says how much they are to rest. */
export class FrameWatch {
  private rest = 0;
  private request = 0;
  /** When the frames of this moment came. */
  private times: number[] = [];
  private readonly intervals: number[] = [];

  /** @param onRest is told each new share */
  constructor(private readonly onRest: (rest: number) => void) {}

  start(): void {
    if (this.request !== 0) return;
    this.times = [];
    this.request = requestAnimationFrame(this.frame);
  }

  /** Runs that nobody looks at need not rest, nor those that begin anew. */
  stop(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.enter(0);
  }

  private readonly frame = (now: number): void => {
    this.request = requestAnimationFrame(this.frame);
    const { times } = this;
    times.push(now);
    const passed = now - times[0];
    if (passed < moment) return;
    this.times = [now];
    if (passed < 2 * moment) this.enter(nextRest(this.rest, this.missedOf(times)));
  };

  private missedOf(times: readonly number[]): number {
    this.intervals.push(displayInterval(times));
    if (this.intervals.length > remembered) this.intervals.shift();
    return missedShare(times, Math.min(...this.intervals));
  }

  private enter(rest: number): void {
    if (rest === this.rest) return;
    this.rest = rest;
    this.onRest(rest);
  }
}
