import type { TextOutput } from '../terminal.js';
import { count, duration, fitted, number, speed } from './format.js';
import {
  headline,
  Pace,
  phaseTotals,
  type EvaluationProgress,
  type Progress,
  type StepProgress,
} from './progress.js';

export interface TextProgressOptions {
  /** Steps of the whole run. */
  readonly steps: number;
  /** Modes of the data's distribution, where it has any. */
  readonly modes?: number;
}

/** Seconds between two showings of the line of progress. */
const liveInterval = 0.1;
const plainInterval = 5;

const clearLine = '\r\u001b[2K';

/**
 * Progress for people. On a terminal one line is rewritten; elsewhere a line appears every few seconds.
 * Evaluations and notices stay as lines of their own in both.
 */
export class TextProgress implements Progress {
  private readonly pace: Pace;
  private shownAt = Number.NEGATIVE_INFINITY;
  private lineOpen = false;
  private evaluated = '';

  constructor(
    private readonly output: TextOutput,
    private readonly options: TextProgressOptions,
  ) {
    this.pace = new Pace(options.steps);
  }

  step({ step, losses, seconds }: StepProgress): void {
    this.pace.add(step, seconds);
    const interval = this.output.interactive ? liveInterval : plainInterval;
    if (seconds - this.shownAt < interval && step !== this.options.steps) return;
    this.shownAt = seconds;
    const line = [
      this.stepLabel(step),
      `${Math.floor((100 * step) / this.options.steps)}%`.padStart(4),
      `${speed(this.pace.stepsPerSecond)} steps/s`,
      `${duration(this.pace.secondsLeft)} left`,
      this.evaluated,
      ...phaseTotals(losses).map(([phase, total]) => `${phase} ${number(total)}`),
    ]
      .filter((part) => part !== '')
      .join('  ');
    if (!this.output.interactive) {
      this.output.write(`${line}\n`);
      return;
    }
    this.output.write(clearLine + fitted(line, (this.output.columns ?? 100) - 1));
    this.lineOpen = true;
  }

  evaluation({ step, metrics, rawMetrics = [] }: EvaluationProgress): void {
    this.evaluated = headline(metrics, this.options.modes);
    const numbers = metrics
      .map(({ id, value }) => {
        const raw = rawMetrics.find((other) => other.id === id);
        return `${id} ${number(value)}${raw === undefined ? '' : ` (raw ${number(raw.value)})`}`;
      })
      .join('  ');
    this.line(`${this.stepLabel(step)}  evaluated  ${numbers}`);
  }

  notice(message: string): void {
    this.line(message);
  }

  end(): void {
    if (this.lineOpen) this.output.write(clearLine);
    this.lineOpen = false;
  }

  /** A line that stays. */
  private line(text: string): void {
    this.end();
    this.output.write(`${text}\n`);
  }

  private stepLabel(step: number): string {
    const total = count(this.options.steps);
    return `step ${count(step).padStart(total.length)}/${total}`;
  }
}
