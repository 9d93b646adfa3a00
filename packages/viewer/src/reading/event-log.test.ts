import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog } from './event-log.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-log-'));
  file = join(folder, 'metrics.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (step: number) => `{"event":"step","step":${step},"losses":{"generator/total":"NaN"}}\n`;
const steps = (log: EventLog) => log.update().map(({ step }) => step);

describe('EventLog', () => {
  it('reads what is added, and nothing where there is no file', () => {
    const log = new EventLog(file);
    expect(steps(log)).toEqual([]);
    appendFileSync(file, line(1));
    expect(steps(log)).toEqual([1]);
    appendFileSync(file, line(2) + line(3));
    expect(steps(log)).toEqual([1, 2, 3]);
    expect(log.update()[0].losses).toEqual({ 'generator/total': NaN });
    rmSync(file);
    expect(steps(log)).toEqual([]);
  });

  it('begins again with a file that was put in the place of the other, even a longer one', () => {
    const log = new EventLog(file);
    appendFileSync(file, line(1) + line(2));
    expect(steps(log)).toEqual([1, 2]);
    writeFileSync(`${file}.new`, line(1) + line(7) + line(8));
    renameSync(`${file}.new`, file);
    expect(steps(log)).toEqual([1, 7, 8]);
  });

  it('leaves out damaged lines', () => {
    writeFileSync(file, `{"event":"st\n${line(1)}null\n[]\n{"event":1,"step":2}\n${line(3)}`);
    expect(steps(new EventLog(file))).toEqual([1, 3]);
  });

  it('does not care where a line was cut between two looks', () => {
    const text = `${line(1)}{"event":"failure","step":2,"message":"größer \u{1F600}"}\n${line(3)}`;
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        rmSync(file, { force: true });
        writeFileSync(file, '');
        const log = new EventLog(file);
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        ends.forEach((end, i) => {
          appendFileSync(file, bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
          log.update();
        });
        const events = log.update();
        expect(events.map(({ step }) => step)).toEqual([1, 2, 3]);
        expect(events[1].message).toBe('größer \u{1F600}');
      }),
      { numRuns: 40 },
    );
  });
});
