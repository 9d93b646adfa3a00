/** Three processes that find the lock of one that is gone, and come between each other's steps. */
import { linkSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputError } from '@dist-gan/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lockRun } from './run-lock.js';

vi.mock(import('node:fs'), { spy: true });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-lock-'));
  writeFileSync(lock(), 'of a process that is gone');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

const lock = () => join(folder, '.lock');
const holder = (process: number) => JSON.stringify({ process, host: 'elsewhere', started: null });

/** What others do just before and just after the lock that is gone is moved aside. */
function between(before: () => void, after: () => void): void {
  vi.mocked(renameSync).mockImplementationOnce((from, to) => {
    before();
    // As it does it.
    linkSync(from, to);
    rmSync(from);
    after();
  });
}

it('puts back the lock of a second one that was faster', () => {
  between(
    () => writeFileSync(lock(), holder(2)),
    () => undefined,
  );
  expect(() => lockRun(folder)).toThrow(/is being written by process 2 on elsewhere/);
  expect(readFileSync(lock(), 'utf8')).toBe(holder(2));
  expect(readdirSync(folder)).toEqual(['.lock']);
});

it('leaves the folder to a third one that came while the lock of the second was aside', () => {
  between(
    () => writeFileSync(lock(), holder(2)),
    () => writeFileSync(lock(), holder(3)),
  );
  const error = (() => {
    try {
      return void lockRun(folder);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(OutputError);
  expect(String(error)).toMatch(/is being written by process 3 on elsewhere/);
  expect(readFileSync(lock(), 'utf8')).toBe(holder(3));
  expect(readdirSync(folder)).toEqual(['.lock']);
});
