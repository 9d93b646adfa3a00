import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson, OutputError, toJson, type JsonObject } from '@dist-gan/core';
import sqlite from 'node-sqlite3-wasm';
import type { RunSpec } from '../plan/identity.js';
import type { Outcome } from '../results/outcome.js';
import type { StoredEvaluation, StoredNumber } from './stored-evaluation.js';

/** What the index knows of a run. */
export interface StoredRun {
  readonly identity: string;
  readonly name: string;
  readonly spec: RunSpec;
  readonly outcome: Outcome;
  readonly evaluations: readonly StoredEvaluation[];
}

/** In the folder of a sweep. */
export const indexFile = 'index.sqlite';

/** Counted up when the tables change: an index of another number is made again from the runs. */
const schemaVersion = 3;

const schema = `
CREATE TABLE run (
  identity TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  spec TEXT NOT NULL,
  outcome TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE protocol (id INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE);
CREATE TABLE evaluation (
  identity TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  step INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (identity, step)
) WITHOUT ROWID;
CREATE TABLE number (
  identity TEXT NOT NULL,
  step INTEGER NOT NULL,
  position INTEGER NOT NULL,
  metric TEXT NOT NULL,
  value REAL,
  ideal REAL,
  protocol INTEGER NOT NULL REFERENCES protocol,
  PRIMARY KEY (identity, step, position),
  FOREIGN KEY (identity, step) REFERENCES evaluation ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE probe (identity TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
`;

type Row = Record<string, string | number | bigint | Uint8Array | null>;

/**
 * The index of a sweep's folder, in SQLite: `index.sqlite`. Each change is one transaction, flushed before it counts. All but the
 * probes is in the runs' own folders, too, and is read from there again where the index is missing or damaged.
 *
 * One process writes it: the one that holds the lock of the folder.
 */
export class SweepStore {
  private constructor(
    private readonly file: string,
    private readonly database: sqlite.Database,
  ) {}

  /**
   * @param folder of the sweep, whose lock this process holds
   * @throws OutputError when it cannot be written
   */
  static open(folder: string): SweepStore {
    const file = join(folder, indexFile);
    // Of a process that is gone: this one holds the folder's own lock.
    rmSync(`${file}.lock`, { recursive: true, force: true });
    try {
      const opened = openDatabase(file);
      if (opened !== undefined) return opened;
      // Damaged, or of another version of this program. What it knew is in the folders of the runs.
      for (const part of [file, `${file}-journal`]) rmSync(part, { force: true });
      return openDatabase(file)!;
    } catch (cause) {
      throw new OutputError(
        `${file} cannot be written (${(cause as Error).message}); check the folder's permissions and the disk, or choose another folder`,
        file,
        { cause },
      );
    }

    function openDatabase(path: string): SweepStore | undefined {
      const isNew = !existsSync(path);
      let database: sqlite.Database | undefined;
      try {
        database = new sqlite.Database(path);
        database.exec('PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL');
        if (isNew) database.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`);
        const version = (database.get('PRAGMA user_version') as Row | null)?.user_version;
        const sound = (database.get('PRAGMA quick_check') as Row | null)?.quick_check === 'ok';
        if (version === schemaVersion && sound) return new SweepStore(path, database);
        database.close();
        return undefined;
      } catch (error) {
        database?.close();
        if (isNew) throw error;
        return undefined;
      }
    }
  }

  /** Puts a run in, in place of what was known of it. @throws OutputError when it cannot be written */
  put(run: StoredRun): void {
    this.putAll([run]);
  }

  /** Puts many in, all of them or none: a flush of the disk for the whole. Throws as `put`. */
  putAll(runs: readonly StoredRun[]): void {
    if (runs.length === 0) return;
    this.transaction(() => {
      const protocols = new Map<string, number>();
      for (const run of runs) this.insert(run, protocols);
    });
  }

  /** All runs by their identities, with three queries however many they are. */
  all(): ReadonlyMap<string, StoredRun> {
    const evaluations = this.evaluations();
    const rows = this.database.all('SELECT identity, name, spec, outcome FROM run') as Row[];
    return new Map(
      rows.map((row) => {
        const identity = row.identity as string;
        return [
          identity,
          {
            identity,
            name: row.name as string,
            spec: fromJson(row.spec as string) as RunSpec,
            outcome: fromJson(row.outcome as string) as Outcome,
            evaluations: evaluations.get(identity) ?? [],
          },
        ];
      }),
    );
  }

  putProbe(identity: string, content: object): void {
    this.transaction(() => {
      this.database.run('INSERT OR REPLACE INTO probe VALUES (?, ?)', [identity, toJson(content)]);
    });
  }

  probe(identity: string): unknown {
    const row = this.database.get('SELECT content FROM probe WHERE identity = ?', [identity]) as Row | null;
    return row === null ? undefined : fromJson(row.content as string);
  }

  close(): void {
    this.database.close();
  }

  private insert(
    { identity, name, spec, outcome, evaluations }: StoredRun,
    protocols: Map<string, number>,
  ): void {
    this.database.run('DELETE FROM run WHERE identity = ?', [identity]);
    this.database.run('INSERT INTO run VALUES (?, ?, ?, ?)', [identity, name, toJson(spec), toJson(outcome)]);
    for (const { step, seconds, numbers } of evaluations) {
      this.database.run('INSERT INTO evaluation VALUES (?, ?, ?)', [identity, step, seconds]);
      for (const [position, { metric, value, protocol, ideal }] of numbers.entries()) {
        const text = toJson(protocol);
        const id = protocols.get(text) ?? this.protocolId(text);
        protocols.set(text, id);
        // SQLite has no NaN: it is a number that is not there.
        const kept = [value, ideal ?? null].map((each) => (Number.isNaN(each) ? null : each));
        this.database.run('INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?)', [
          identity,
          step,
          position,
          metric,
          ...kept,
          id,
        ]);
      }
    }
  }

  private evaluations(): ReadonlyMap<string, StoredEvaluation[]> {
    const byRun = new Map<string, (StoredEvaluation & { readonly numbers: StoredNumber[] })[]>();
    const rows = this.database.all(
      'SELECT identity, step, seconds FROM evaluation ORDER BY identity, step',
    ) as Row[];
    for (const { identity, step, seconds } of rows) {
      const ofRun = byRun.get(identity as string) ?? [];
      byRun.set(identity as string, ofRun);
      ofRun.push({ step: Number(step), seconds: Number(seconds), numbers: [] });
    }
    const numbers = this.database.all(
      'SELECT identity, step, metric, value, ideal, content FROM number JOIN protocol ON protocol = protocol.id ORDER BY identity, step, position',
    ) as Row[];
    const protocols = new Map<string, JsonObject>();
    // Both are in the order of runs and steps.
    let at = 0;
    let ofRun: readonly (StoredEvaluation & { readonly numbers: StoredNumber[] })[] = [];
    for (const { identity, step, metric, value, ideal, content } of numbers) {
      const its = byRun.get(identity as string)!;
      if (its !== ofRun) [ofRun, at] = [its, 0];
      while (ofRun[at].step !== Number(step)) at++;
      const text = content as string;
      if (!protocols.has(text)) protocols.set(text, fromJson(text) as JsonObject);
      ofRun[at].numbers.push({
        metric: metric as string,
        value: value === null ? Number.NaN : Number(value),
        protocol: protocols.get(text)!,
        ...(ideal !== null && { ideal: Number(ideal) }),
      });
    }
    return byRun;
  }

  private protocolId(text: string): number {
    this.database.run('INSERT OR IGNORE INTO protocol (content) VALUES (?)', [text]);
    const row = this.database.get('SELECT id FROM protocol WHERE content = ?', [text]) as Row;
    return Number(row.id);
  }

  private transaction(work: () => void): void {
    const { database, file } = this;
    try {
      database.exec('BEGIN IMMEDIATE');
      work();
      database.exec('COMMIT');
    } catch (cause) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw new OutputError(
        `${file} cannot be written (${(cause as Error).message}); what is trained is kept: make room, and start the sweep again`,
        file,
        { cause },
      );
    }
  }
}
