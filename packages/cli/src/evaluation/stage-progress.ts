import type { TextOutput } from '@dist-gan/core';
import { duration } from '../progress/index.js';

/** Seconds after which a stage is worth a line. */
const patience = 2;
const liveInterval = 0.2;
const plainInterval = 5;
const clearLine = '\r\u001b[2K';

/** How far the stages of an evaluation are: one line that is rewritten on a terminal, a line now and then elsewhere. */
export class StageProgress {
  private lineOpen = false;

  constructor(
    private readonly output: TextOutput,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {}

  /**
   * Starts a stage.
   *
   * @param count how many things it works through, where it has such
   * @returns what the stage calls with how much is done, from 0 to 1
   */
  stage(title: string, count?: number): (done: number) => void {
    const started = this.now();
    let shownAt = started + patience - plainInterval;
    return (done) => {
      const elapsed = this.now() - started;
      const interval = this.output.interactive ? liveInterval : plainInterval;
      if (elapsed < patience || this.now() - shownAt < interval) return;
      shownAt = this.now();
      const left = done > 0 ? (elapsed * (1 - done)) / done : Number.POSITIVE_INFINITY;
      const pace = count === undefined ? '' : `  ${((done * count) / elapsed).toFixed(1)}/s`;
      this.show(`${title}  ${Math.floor(100 * done)}%${pace}  ${duration(left)} left`);
    };
  }

  /** A line that stays. */
  notice(message: string): void {
    this.end();
    this.output.write(`${message}\n`);
  }

  end(): void {
    if (this.lineOpen) this.output.write(clearLine);
    this.lineOpen = false;
  }

  private show(line: string): void {
    if (!this.output.interactive) {
      this.output.write(`${line}\n`);
      return;
    }
    this.output.write(`${clearLine}${line.slice(0, (this.output.columns ?? 100) - 1)}`);
    this.lineOpen = true;
  }
}
