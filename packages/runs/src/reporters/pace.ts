/** How fast a run goes and when it will end, from the times that its steps finished. */
export class Pace {
  private readonly recent: { readonly step: number; readonly seconds: number }[] = [];

  /** The times of the last `window` seconds count. */
  constructor(
    private readonly steps: number,
    private readonly window = 10,
  ) {}

  add(step: number, seconds: number): void {
    this.recent.push({ step, seconds });
    while (this.recent.length > 2 && seconds - this.recent[0].seconds > this.window) this.recent.shift();
  }

  get stepsPerSecond(): number {
    const first = this.recent[0];
    const last = this.recent.at(-1);
    if (first === undefined || last === undefined) return 0;
    if (first === last) return last.seconds > 0 ? last.step / last.seconds : 0;
    return (last.step - first.step) / Math.max(1e-9, last.seconds - first.seconds);
  }

  get secondsLeft(): number {
    const done = this.recent.at(-1)?.step ?? 0;
    return this.stepsPerSecond > 0 ? (this.steps - done) / this.stepsPerSecond : Number.POSITIVE_INFINITY;
  }
}
