import type { Worker } from 'bullmq';

/** The most that a timer waits, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * How often one worker begins a run. The limiter of BullMQ counts what all workers of a queue take together; here one worker takes
 * nothing until its time has come, and what waits is free for others.
 */
export class Pace {
  private atWork = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param jobs runs at a time
   * @param runsAnHour that begin at most, evenly; undefined for no limit
   */
  constructor(
    private readonly worker: Pick<Worker, 'concurrency' | 'pause' | 'resume'>,
    private readonly jobs: number,
    private readonly runsAnHour: number | undefined,
  ) {
    this.settle();
  }

  /** A run begins: no other one does until its time. */
  async begin(): Promise<void> {
    this.atWork++;
    this.settle();
    if (this.runsAnHour === undefined) return;
    this.timer = setTimeout(() => void this.worker.resume(), Math.min(longest, 3.6e6 / this.runsAnHour));
    await this.worker.pause(true);
  }

  /** The run that began last was left to others: it does not count. */
  undo(): void {
    if (this.runsAnHour === undefined) return;
    this.stop();
    void this.worker.resume();
  }

  /** A run has ended. */
  end(): void {
    this.atWork--;
    this.settle();
  }

  /** None begins any more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /** It takes one run at a time out of the queue, so that none lies here that would have to wait. */
  private settle(): void {
    if (this.runsAnHour !== undefined) this.worker.concurrency = Math.min(this.jobs, this.atWork + 1);
  }
}
