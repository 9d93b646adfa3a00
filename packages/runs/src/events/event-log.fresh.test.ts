import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { EventLog } from './event-log.js';
import type { RunEvent } from './run-event.js';

vi.mock('node:fs', async (original) => {
  const actual = await original<typeof fs>();
  return { ...actual, appendFileSync: vi.fn(actual.appendFileSync) };
});

it('flushes what a checkpoint or a result relies on, and no step by itself', () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'dist-gan-log-'));
  const log = new EventLog(join(folder, 'metrics.jsonl'));
  const spent = { seconds: 1, memoryBytes: 1 };
  const events: RunEvent[] = [
    { event: 'step', step: 1, losses: {}, learningRates: {}, ...spent },
    { event: 'evaluation', step: 1, metrics: [], ...spent },
    { event: 'guard', step: 1, guard: 'early-stop', action: 'stopped', reason: 'x', seconds: 1 },
    { event: 'failure', step: 1, message: 'x', seconds: 1 },
  ];
  for (const event of events) log.append(event);
  const flushed = vi.mocked(fs.appendFileSync).mock.calls.map(([, , options]) => options);
  expect(flushed).toEqual([{ flush: false }, { flush: true }, { flush: true }, { flush: true }]);
  expect(log.read()).toEqual(events);
  fs.rmSync(folder, { recursive: true });
});
