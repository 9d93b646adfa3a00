import type { MetricResult } from '@dist-gan/core';
import type { EvaluationLine, StepLine } from '@dist-gan/runs';
import { number } from './format.js';

export type StepProgress = Pick<StepLine, 'step' | 'losses' | 'seconds'>;
export type EvaluationProgress = Pick<EvaluationLine, 'step' | 'metrics' | 'rawMetrics' | 'seconds'>;

/** What a run tells while it goes on, however it is shown. */
export interface Progress {
  /** After every step. */
  step(event: StepProgress): void;
  evaluation(event: EvaluationProgress): void;
  /** Something a user should know, in one line. */
  notice(message: string): void;
  /** The run is over: nothing is rewritten any more. */
  end(): void;
}

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

/** The totals among a step's losses, named by their phase. */
export function phaseTotals(losses: Readonly<Record<string, number>>): [phase: string, total: number][] {
  return Object.entries(losses)
    .filter(([name]) => name.endsWith('/total'))
    .map(([name, value]) => [name.slice(0, -'/total'.length), value]);
}

/** What of an evaluation belongs on the line of progress: `23/25 modes`, or the first number. */
export function headline(results: readonly MetricResult[], modes: number | undefined): string {
  const covered = results.find(({ id }) => id === 'modes-covered');
  if (covered !== undefined && modes !== undefined) return `${covered.value}/${modes} modes`;
  const first = results[0];
  return first === undefined ? '' : `${first.id} ${number(first.value)}`;
}
