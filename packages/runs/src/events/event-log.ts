import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { toJson } from '@dist-gan/core';
import { writeAtomically } from '../files/atomic-write.js';
import { parseRunEvent } from '../record/parse-records.js';
import type { RunEvent } from './run-event.js';

/** `metrics.jsonl`: a run's events, one JSON object a line, in the order in which they happened. */
export class EventLog {
  constructor(readonly file: string) {}

  /** All events; none where there is no file. A line that was cut when its process was killed is left out. */
  read(): RunEvent[] {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return text
      .split('\n')
      .map(parseRunEvent)
      .filter((event) => event !== undefined);
  }

  append(event: RunEvent): void {
    const before = statSync(this.file, { throwIfNoEntry: false })?.size;
    try {
      appendFileSync(this.file, `${toJson(event)}\n`);
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
    const kept = this.read().filter((event) => event.step <= step && event.event !== 'failure');
    writeAtomically(this.file, kept.map((event) => `${toJson(event)}\n`).join(''));
    return kept;
  }
}
