import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog } from './event-log.js';

let folder = '';
let log: EventLog;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-log-'));
  log = new EventLog(join(folder, 'metrics.jsonl'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const step = (at: number) =>
  `{"timing":{"steps":1e-7},"seconds":0.50,"event":"step","learningRates":{},"losses":{"a/total":"NaN"},"step":${at},"memoryBytes":1}\n`;
const failure = '{"event":"failure","step":2,"message":"x","seconds":1}\n';

describe('EventLog', () => {
  it('is empty where there is no file', () => expect(log.read()).toEqual([]));

  it('leaves lines that stay as they were written, to the byte', () => {
    writeFileSync(log.file, step(1) + step(2) + failure + step(3));
    expect(log.rewind(2).map((event) => event.step)).toEqual([1, 2]);
    expect(readFileSync(log.file, 'utf8')).toBe(step(1) + step(2));
  });

  it('leaves out a line that was cut anywhere, and takes it out when it is rewound', () => {
    const last = step(2);
    for (let length = 1; length < last.length - 1; length++) {
      writeFileSync(log.file, step(1));
      appendFileSync(log.file, last.slice(0, length));
      expect(log.read()).toHaveLength(1);
      log.rewind(9);
      expect(readFileSync(log.file, 'utf8')).toBe(step(1));
    }
  });
});
