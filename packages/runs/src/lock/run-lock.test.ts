import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeRun, lockRun } from './run-lock.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lock = () => join(folder, '.lock');

describe('lockRun', () => {
  it('lets one in at a time, and the next after its release', () => {
    const first = lockRun(folder);
    expect(() => lockRun(folder)).toThrow(`is being written by process ${process.pid}; wait for it`);
    first.release();
    first.release();
    lockRun(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lock(), JSON.stringify({ process: pid, host: hostname(), started: '1' }));
    const taken = lockRun(folder);
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ process: process.pid });
    taken.release();
  });

  it.runIf(process.platform === 'linux')('takes over where the number belongs to a later process', () => {
    writeFileSync(lock(), JSON.stringify({ process: process.pid, host: hostname(), started: '1' }));
    lockRun(folder).release();
  });

  it.each(['', 'torn {', '[]', '{"process":"x"}'])('takes over from a lock that says nothing: %j', (text) => {
    writeFileSync(lock(), text);
    lockRun(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('believes another machine', () => {
    writeFileSync(lock(), JSON.stringify({ process: 1, host: 'elsewhere', started: null }));
    expect(() => lockRun(folder)).toThrow(
      /written by process 1 on elsewhere; .*if it is surely gone, delete .*\.lock/,
    );
  });

  it('does not release the lock of another', () => {
    const held = lockRun(folder);
    writeFileSync(lock(), JSON.stringify({ process: 1, host: 'elsewhere', started: null }));
    held.release();
    expect(readdirSync(folder)).toEqual(['.lock']);
  });

  it('knows when the folder was given to another', () => {
    const held = lockRun(folder);
    expect(held.isHeld()).toBe(true);
    freeRun(folder);
    expect(held.isHeld()).toBe(false);
    writeFileSync(lock(), JSON.stringify({ process: 1, host: 'elsewhere', started: null }));
    expect(held.isHeld()).toBe(false);
  });

  it('says that a folder cannot be locked', () => {
    expect(() => lockRun(join(folder, 'none'))).toThrow(/cannot be locked \(ENOENT/);
  });
});
