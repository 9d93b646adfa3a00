import {
  formatCount,
  formatDuration,
  formatNumber,
  formatSpeed,
  processOutput,
  resultsByName,
  type MetricResult,
  type TextOutput,
} from '@dist-gan/core';
import type { RunEvent, StepLine } from '../events/run-event.js';
import { Pace } from './pace.js';
import type { EvaluationReport, Reporter, RunStart } from './reporter.js';

/** Seconds between two showings of the line of progress. */
const liveInterval = 0.1;
const plainInterval = 5;

const clearLine = '\r\u001b[2K';

/**
 * Progress for people, with the time that is left. On a terminal one line is rewritten; elsewhere a line appears every
 * five seconds. Evaluations and notices stay as lines of their own in both.
 */
export class ProgressReporter implements Reporter {
  readonly id = 'progress';
  private steps = 0;
  private pace = new Pace(0);
  private shownAt = Number.NEGATIVE_INFINITY;
  private lineOpen = false;
  private evaluated = '';

  constructor(private readonly output: TextOutput = processOutput()) {}

  start({ steps }: Pick<RunStart, 'steps'>): void {
    this.steps = steps;
    this.pace = new Pace(steps);
  }

  step({ step, losses, seconds }: Pick<StepLine, 'step' | 'losses' | 'seconds'>): void {
    this.pace.add(step, seconds);
    const interval = this.output.interactive ? liveInterval : plainInterval;
    if (seconds - this.shownAt < interval && step !== this.steps) return;
    this.shownAt = seconds;
    const line = [
      this.stepLabel(step),
      `${Math.floor((100 * step) / this.steps)}%`.padStart(4),
      `${formatSpeed(this.pace.stepsPerSecond)} steps/s`,
      `${formatDuration(this.pace.secondsLeft)} left`,
      this.evaluated,
      ...phaseTotals(losses).map(([phase, total]) => `${phase} ${formatNumber(total)}`),
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

  /** Between two stages of a recipe others compute, which is no pace of steps. */
  log({ event }: Pick<RunEvent, 'event'>): void {
    if (event === 'stage') this.pace = new Pace(this.steps);
  }

  evaluation({ line: { step, metrics, rawMetrics = [] } }: Pick<EvaluationReport, 'line'>): void {
    this.evaluated = headline(metrics);
    const ofRaw = resultsByName(rawMetrics);
    const numbers = [...resultsByName(metrics)]
      .map(([name, { value }]) => {
        const raw = ofRaw.get(name);
        return `${name} ${formatNumber(value)}${raw === undefined ? '' : ` (raw ${formatNumber(raw.value)})`}`;
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
    const total = formatCount(this.steps);
    return `step ${formatCount(step).padStart(total.length)}/${total}`;
  }
}

/** Text cut to a width, with an ellipsis where something is missing. */
function fitted(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** The totals among a step's losses, named by their phase. */
function phaseTotals(losses: Readonly<Record<string, number>>): [phase: string, total: number][] {
  return Object.entries(losses)
    .filter(([name]) => name.endsWith('/total'))
    .map(([name, value]) => [name.slice(0, -'/total'.length), value]);
}

/** What of an evaluation belongs on the line of progress: `23/25 modes`, or the first number. */
function headline(results: readonly MetricResult[]): string {
  const covered = results.find(({ id }) => id === 'modes-covered');
  const modes = covered?.protocol.modes;
  if (covered !== undefined && typeof modes === 'number') return `${covered.value}/${modes} modes`;
  const first = results[0];
  return first === undefined ? '' : `${first.id} ${formatNumber(first.value)}`;
}
