/** Milliseconds: a shorter rest than this is saved up, for timers keep none. */
const shortest = 4;

/** Rests between steps, for a part of the time: the cores are the page's then. */
export class Rest {
  private worked = 0;

  /** @param share of the time, from 0 to less than 1 */
  constructor(public share = 0) {}

  /**
   * To be called after every step.
   *
   * @param milliseconds of work since the last call
   * @returns how long to rest now, in milliseconds
   */
  after(milliseconds: number): number {
    this.worked += milliseconds;
    const due = (this.worked * this.share) / (1 - this.share);
    if (due < shortest) return 0;
    this.worked = 0;
    return due;
  }
}
