import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlannedRun } from '../plan/plan.js';
import { addFailure, failuresFile, forgetFailures, readFailures } from './failures.js';

const run = { name: 'grid-seed1' } as PlannedRun;
const failure = (reason: string) => ({ started: '2026-01-01', ended: '2026-01-02', reason });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-failures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('are none at first, follow one another, and are forgotten', () => {
  expect(readFailures(folder, run)).toEqual([]);
  addFailure(folder, run, failure('one'));
  addFailure(folder, run, failure('two'));
  expect(readFailures(folder, run)).toEqual([failure('one'), failure('two')]);
  forgetFailures(folder, run);
  expect(readFailures(folder, run)).toEqual([]);
});

it('leave out a line that somebody has cut', () => {
  addFailure(folder, run, failure('one'));
  writeFileSync(failuresFile(folder, run), '{"started":"2026', { flag: 'a' });
  expect(readFailures(folder, run)).toEqual([failure('one')]);
});

it('are not none where they cannot be read', () => {
  mkdirSync(failuresFile(folder, run), { recursive: true });
  const message = /grid-seed1\.jsonl cannot be read \(EISDIR.*; make it readable, or remove it/;
  expect(() => readFailures(folder, run)).toThrow(message);
  expect(() => addFailure(folder, run, failure('one'))).toThrow(message);
});
