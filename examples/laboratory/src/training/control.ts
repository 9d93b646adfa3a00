import type { Question } from './messages.js';
import { Rest } from './rest.js';

/** A question that waits for its answer. */
export interface Asked {
  readonly number: number;
  readonly question: Question;
}

/** What the page wants of a run: whether it trains, how much it rests, and what it has asked. */
export class Control {
  /** Steps that the run may still make before it waits. */
  private allowed = 0;
  private asked: Asked[] = [];
  private wake: () => void = () => {};
  /** Between steps. */
  readonly rest = new Rest();

  get waits(): boolean {
    return this.allowed <= 0;
  }

  continue(steps = Infinity): void {
    this.allowed = steps;
    this.wake();
  }

  pause(): void {
    this.allowed = 0;
  }

  ask(asked: Asked): void {
    this.asked.push(asked);
    this.wake();
  }

  /** To be called after every step. */
  stepDone(): void {
    this.allowed--;
  }

  /** What was asked since the last call. */
  takeAsked(): readonly Asked[] {
    return this.asked.splice(0);
  }

  /** Resolves at the next message that changes something; at once, where a question has come since the last were taken. */
  changed(): Promise<void> {
    if (this.asked.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
