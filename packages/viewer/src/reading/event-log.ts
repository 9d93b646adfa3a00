import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fromJson } from '@dist-gan/core';
import type { LoggedEvent } from '../view/index.js';

const lineEnd = 10;

/** The events of a log that grows: each look reads what has been added, or all of it where it was written anew. */
export class EventLog {
  private events: LoggedEvent[] = [];
  private read = 0;
  /** Of the file that was read: one that is put in its place has another. */
  private file = 0;

  constructor(private readonly path: string) {}

  /** All events so far. A line that is cut is read when it is whole. */
  update(): readonly LoggedEvent[] {
    let descriptor: number;
    try {
      descriptor = openSync(this.path, 'r');
    } catch {
      this.forget(0);
      return this.events;
    }
    try {
      const { ino, size } = fstatSync(descriptor);
      if (ino !== this.file || size < this.read) this.forget(ino);
      const added = Buffer.alloc(size - this.read);
      let filled = 0;
      while (filled < added.length) {
        const got = readSync(descriptor, added, filled, added.length - filled, this.read + filled);
        if (got === 0) break;
        filled += got;
      }
      const whole = added.subarray(0, filled).lastIndexOf(lineEnd) + 1;
      this.read += whole;
      const lines = added.toString('utf8', 0, whole).split('\n');
      this.events = [...this.events, ...lines.flatMap(readLine)];
      return this.events;
    } finally {
      closeSync(descriptor);
    }
  }

  private forget(file: number): void {
    this.events = [];
    this.read = 0;
    this.file = file;
  }
}

/** A line that is damaged is left out: the others are worth showing. */
function readLine(line: string): LoggedEvent[] {
  try {
    const event = fromJson(line) as Partial<LoggedEvent> | null;
    return typeof event?.step === 'number' && typeof event.event === 'string' ? [event as LoggedEvent] : [];
  } catch {
    return [];
  }
}
