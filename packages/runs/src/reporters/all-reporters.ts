import type { Reporter } from './reporter.js';

type Told = Exclude<keyof Reporter, 'id'>;

/** Of the methods of a reporter the one that is called. */
type Hears<Name extends Told> = {
  readonly [Each in Name]?: (told: Parameters<NonNullable<Reporter[Name]>>[0]) => void | Promise<void>;
};

/** Tells several reporters, one after the other, and goes on without one that throws. */
export class AllReporters {
  private readonly listening: Set<Reporter>;

  constructor(reporters: readonly Reporter[]) {
    this.listening = new Set(reporters);
  }

  async tell<Name extends Told>(name: Name, told: Parameters<NonNullable<Reporter[Name]>>[0]): Promise<void> {
    for (const reporter of this.listening) {
      try {
        await (reporter as Hears<Name>)[name]?.(told);
      } catch (error) {
        this.listening.delete(reporter);
        const reason = error instanceof Error ? error.message : String(error);
        await this.tell('notice', `reporter ${reporter.id} failed and is left out from here on: ${reason}`);
      }
    }
  }
}
