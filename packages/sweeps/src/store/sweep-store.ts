import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson, OutputError, toJson, type JsonObject } from '@dist-gan/core';
import sqlite from 'node-sqlite3-wasm';
import type { RunSpec } from '../plan/identity.js';
import type { Outcome } from '../results/outcome.js';

/** What the index knows of a run. */
export interface StoredRun {
  readonly identity: string;
  readonly name: string;
  readonly spec: RunSpec;
  readonly outcome: Outcome;
  readonly evaluations: readonly StoredEvaluation[];
}

export interface StoredEvaluation {
  readonly step: number;
  readonly seconds: number;
  readonly numbers: readonly StoredNumber[];
}

export interface StoredNumber {
  readonly metric: string;
  readonly value: number;
  /** With the number of samples. */
  readonly protocol: JsonObject;
  /** What samples of the data's own distribution have, where that is known. */
  readonly ideal?: number;
}

/** One try of a run. */
export interface Attempt {
  readonly identity: string;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string;
  /** Why it is no result; null where it is one, or where somebody ended it. */
  readonly failure: string | null;
}

/** Counted up when the tables change: an index of another number is made again from the runs. */
const schemaVersion = 1;

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
  PRIMARY KEY (identity, step, metric),
  FOREIGN KEY (identity, step) REFERENCES evaluation ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE attempt (
  identity TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  failure TEXT
);
CREATE INDEX attempt_of ON attempt (identity);
CREATE TABLE probe (identity TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
`;

type Row = Record<string, string | number | bigint | Uint8Array | null>;

/**
 * The index of a sweep's folder, in SQLite: `index.sqlite`. Each change is one transaction, flushed before it counts. All but the
 * attempts and the probes is in the runs' own folders, too, and is read from there again where the index is missing or damaged.
 *
 * One process writes it: the one that holds the lock of the folder.
 */
export class SweepStore {
  private constructor(
    private readonly database: sqlite.Database,
    /** Whether it was made now, so that what is in the folders is not in it yet. */
    readonly isNew: boolean,
  ) {}

  /**
   * @param folder of the sweep, whose lock this process holds
   * @throws OutputError when it cannot be written
   */
  static open(folder: string): SweepStore {
    const file = join(folder, 'index.sqlite');
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
        if (version === schemaVersion && sound) return new SweepStore(database, isNew);
        database.close();
        return undefined;
      } catch (error) {
        database?.close();
        if (isNew) throw error;
        return undefined;
      }
    }
  }

  /** Puts a run in, in place of what was known of it. */
  put({ identity, name, spec, outcome, evaluations }: StoredRun): void {
    this.transaction(() => {
      this.database.run('DELETE FROM run WHERE identity = ?', [identity]);
      this.database.run('INSERT INTO run VALUES (?, ?, ?, ?)', [
        identity,
        name,
        toJson(spec),
        toJson(outcome),
      ]);
      const protocols = new Map<string, number>();
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
    });
  }

  get(identity: string): StoredRun | undefined {
    const row = this.database.get('SELECT name, spec, outcome FROM run WHERE identity = ?', [
      identity,
    ]) as Row | null;
    if (row === null) return undefined;
    return {
      identity,
      name: row.name as string,
      spec: fromJson(row.spec as string) as RunSpec,
      outcome: fromJson(row.outcome as string) as Outcome,
      evaluations: this.evaluationsOf(identity),
    };
  }

  addAttempt({ identity, started, ended, failure }: Attempt): void {
    this.transaction(() => {
      this.database.run('INSERT INTO attempt VALUES (?, ?, ?, ?)', [identity, started, ended, failure]);
    });
  }

  /** The tries of a run that an error ended. */
  failures(identity: string): readonly string[] {
    const rows = this.database.all(
      'SELECT failure FROM attempt WHERE identity = ? AND failure IS NOT NULL ORDER BY rowid',
      [identity],
    ) as Row[];
    return rows.map(({ failure }) => failure as string);
  }

  forgetAttempts(identity: string): void {
    this.transaction(() => void this.database.run('DELETE FROM attempt WHERE identity = ?', [identity]));
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

  private evaluationsOf(identity: string): StoredEvaluation[] {
    const evaluations = this.database.all(
      'SELECT step, seconds FROM evaluation WHERE identity = ? ORDER BY step',
      [identity],
    ) as Row[];
    const numbers = this.database.all(
      'SELECT step, metric, value, ideal, content FROM number JOIN protocol ON protocol = protocol.id WHERE identity = ? ORDER BY step, position',
      [identity],
    ) as Row[];
    const protocols = new Map<string, JsonObject>();
    const byStep = new Map<number, StoredNumber[]>();
    for (const { step, metric, value, ideal, content } of numbers) {
      const text = content as string;
      if (!protocols.has(text)) protocols.set(text, fromJson(text) as JsonObject);
      const at = byStep.get(Number(step)) ?? [];
      byStep.set(Number(step), at);
      at.push({
        metric: metric as string,
        value: value === null ? Number.NaN : Number(value),
        protocol: protocols.get(text)!,
        ...(ideal !== null && { ideal: Number(ideal) }),
      });
    }
    return evaluations.map(({ step, seconds }) => ({
      step: Number(step),
      seconds: Number(seconds),
      numbers: byStep.get(Number(step)) ?? [],
    }));
  }

  private protocolId(text: string): number {
    this.database.run('INSERT OR IGNORE INTO protocol (content) VALUES (?)', [text]);
    const row = this.database.get('SELECT id FROM protocol WHERE content = ?', [text]) as Row;
    return Number(row.id);
  }

  private transaction(work: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}
