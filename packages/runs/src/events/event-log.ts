import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { toJson, writeAtomically } from '@dist-gan/core';
import { parseRunEvent } from '../record/parse-records.js';
import type { RunEvent } from './run-event.js';

/** `metrics.jsonl`: a run's events, one JSON object a line, in the order in which they happened. */
export class EventLog {
  constructor(readonly file: string) {}

  /** All events; none where there is no file. A line that was cut when its process was killed is left out. */
  read(): RunEvent[] {
    return this.lines().map(({ event }) => event);
  }

  append(event: RunEvent): void {
    const before = statSync(this.file, { throwIfNoEntry: false })?.size;
    try {
      // On the disk before a checkpoint or a result that knows of it: those are flushed, too. Steps alone may be lost with the machine.
      appendFileSync(this.file, `${toJson(event)}\n`, { flush: event.event !== 'step' });
    } catch (cause) {
      // A full disk takes the first part of a line, and the next line would be glued to it.
      if (before !== undefined) truncateSync(this.file, before);
      throw cause;
    }
  }

  /**
   * Takes out what came after a step, and failures: the run goes on from there and logs it again.
   *
   * @returns what stays
   */
  rewind(step: number): RunEvent[] {
    const kept = this.lines().filter(({ event }) => event.step <= step && event.event !== 'failure');
    // As they were written, to the byte.
    writeAtomically(this.file, kept.map(({ text }) => `${text}\n`).join(''));
    return kept.map(({ event }) => event);
  }

  private lines(): { readonly text: string; readonly event: RunEvent }[] {
    let content: string;
    try {
      content = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return content.split('\n').flatMap((text) => {
      const event = parseRunEvent(text);
      return event === undefined ? [] : [{ text, event }];
    });
  }
}
