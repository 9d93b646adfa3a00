import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputError } from '@dist-gan/core';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SweepStore, type StoredRun } from './sweep-store.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (identity: string, value = 1): StoredRun => ({
  identity,
  name: `grid-seed1-${identity}`,
  spec: { preset: 'grid', seed: 1, options: { steps: 4, limit: Infinity }, engine: {}, versions: {} },
  outcome: { state: 'done', step: 4, seconds: 0.5 },
  evaluations: [
    {
      step: 2,
      seconds: 0.2,
      numbers: [
        { metric: 'z-first', value, protocol: { rule: 'radius' }, ideal: 25 },
        { metric: 'a-second', value: -Infinity, protocol: { rule: 'radius' } },
      ],
    },
    {
      step: 4,
      seconds: 0.5,
      numbers: [{ metric: 'z-first', value: 0.1 + 0.2, protocol: { rule: 'nearest' } }],
    },
  ],
});

describe('the index', () => {
  it('gives back what was put in, in its order, also after it was closed', () => {
    const store = SweepStore.open(folder);
    store.put(run('a'));
    store.put(run('b', 7));
    store.put(run('a', 3));
    store.putProbe('a', { perStep: 0.01 });
    store.close();
    const again = SweepStore.open(folder);
    expect(again.all()).toEqual(
      new Map([
        ['a', run('a', 3)],
        ['b', run('b', 7)],
      ]),
    );
    expect(again.probe('a')).toEqual({ perStep: 0.01 });
    again.close();
  });

  it('asks the database as often for a thousand runs as for one', () => {
    const asked = vi.spyOn(sqlite.Database.prototype, 'all');
    const store = SweepStore.open(folder);
    store.putAll(Array.from({ length: 1000 }, (_, i) => run(`${i}`)));
    asked.mockClear();
    expect(store.all().size).toBe(1000);
    expect(asked).toHaveBeenCalledTimes(3);
    store.close();
    asked.mockRestore();
  });

  it('has NaN for a number that is none', () => {
    const store = SweepStore.open(folder);
    store.put(run('a', Number.NaN));
    expect(store.all().get('a')).toEqual(run('a', Number.NaN));
    store.close();
  });

  it('holds a metric that is measured by two protocols', () => {
    const store = SweepStore.open(folder);
    const numbers = ['radius', 'nearest'].map((rule) => ({ metric: 'modes', value: 7, protocol: { rule } }));
    const twice = { ...run('a'), evaluations: [{ step: 2, seconds: 1, numbers }] };
    store.put(twice);
    expect(store.all().get('a')).toEqual(twice);
    store.close();
  });

  it('says which file it is where nothing can be put in', () => {
    const store = SweepStore.open(folder);
    // As a full disk: there is no place for the journal.
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    mkdirSync(join(folder, 'index.sqlite-journal'));
    expect(() => store.put(run('a'))).toThrow(OutputError);
    expect(() => store.put(run('a'))).toThrow(
      /index\.sqlite cannot be written \(.+\); what is trained is kept/,
    );
    store.close();
  });

  it('begins anew where the file is damaged, or of another version', () => {
    writeFileSync(join(folder, 'index.sqlite'), 'no database at all');
    const store = SweepStore.open(folder);
    store.put(run('a'));
    store.close();
    const again = SweepStore.open(folder);
    expect(again.all().get('a')).toEqual(run('a'));
    again.close();
  });

  it('goes on after a process that was killed with its lock', () => {
    SweepStore.open(folder).close();
    mkdirSync(join(folder, 'index.sqlite.lock'));
    const store = SweepStore.open(folder);
    store.put(run('a'));
    expect(store.all().get('a')).toEqual(run('a'));
    store.close();
  });

  it('holds whole transactions alone when its process is killed', { timeout: 30_000 }, async () => {
    SweepStore.open(folder).close();
    // Pairs of rows, each in one transaction: an odd number of them would be half of one.
    const library = createRequire(import.meta.url).resolve('node-sqlite3-wasm');
    const program = `
      const { Database } = require(${JSON.stringify(library)});
      const database = new Database(${JSON.stringify(join(folder, 'index.sqlite'))});
      for (let i = 0; ; i++) {
        database.exec("BEGIN IMMEDIATE; INSERT INTO probe VALUES ('a" + i + "', '" + 'x'.repeat(5000) + "')");
        database.exec("INSERT INTO probe VALUES ('b" + i + "', '{}'); COMMIT");
        if (i === 20) console.log('writing');
      }`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = SweepStore.open(folder);
    let i = 0;
    while (store.probe(`b${i}`) !== undefined) i++;
    expect(i).toBeGreaterThan(20);
    expect(() => store.probe(`a${i - 1}`)).toThrow(SyntaxError);
    expect(store.probe(`a${i}`)).toBeUndefined();
    store.close();
  });
});
