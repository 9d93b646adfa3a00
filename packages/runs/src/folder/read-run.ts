import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataNotFoundError, DatasetFormatError, toJson } from '@dist-gan/core';
import type { RunEvent } from '../events/run-event.js';
import { runHolder } from '../lock/run-lock.js';
import { parseRunRecord, parseRunResult } from '../record/parse-records.js';
import { stepsOf, type RunRecord } from '../record/run-record.js';
import type { RunResult } from '../record/run-result.js';
import { checkpointsFolder, eventLogOf } from './layout.js';

/** What a folder of a run says at one moment. */
export interface RunContent {
  readonly path: string;
  readonly record: RunRecord;
  /** The log, in the order in which things happened. */
  readonly events: readonly RunEvent[];
  /** The final numbers; of a run that goes on after its end, those of before. */
  readonly result?: RunResult;
  /** The oldest first. */
  readonly checkpoints: readonly CheckpointListing[];
  readonly state: RunStanding;
}

export interface CheckpointListing {
  readonly path: string;
  /** `step-0000500.safetensors`, `best-fid.safetensors`. */
  readonly name: string;
  /** Of one that is named by its step. */
  readonly step?: number;
  /** In bytes. */
  readonly size: number;
}

/**
 * Where a run stands: a living process writes it (`running`); all its steps are done (`completed`); somebody ended it
 * before (`stopped`); an error ended it (`failed`), or its process vanished, by SIGKILL or with the machine (`crashed`).
 */
export type RunStanding = 'running' | 'completed' | 'stopped' | 'failed' | 'crashed';

/**
 * Reads the folder of a run, also while it is being written.
 *
 * @throws DataNotFoundError when there is none, DatasetFormatError when its record or its result is damaged
 */
export function readRun(path: string): RunContent {
  // First, so that a run that ends meanwhile is one that was running, and never one without its last lines.
  const running = runHolder(path) !== undefined;
  const record = readRecord(path);
  const events = readEvents(path);
  const result = readResult(path);
  return {
    path,
    record,
    events,
    ...(result !== undefined && { result }),
    checkpoints: listCheckpoints(path),
    state: running ? 'running' : standing(record, events, result),
  };
}

/** Whether there is a folder of a run at a path. */
export function isRun(path: string): boolean {
  return existsSync(join(path, 'run.json'));
}

/** The log of a run, also while it grows: a line that is half written is left out. */
export function readEvents(path: string): RunEvent[] {
  return eventLogOf(path).read();
}

/** `run.json`. @throws DataNotFoundError when there is none, DatasetFormatError when it is damaged */
export function readRecord(path: string): RunRecord {
  const file = join(path, 'run.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DataNotFoundError(
      `${path} is no folder of a run: ${file} cannot be read (${(cause as Error).message}); give the folder that dist-gan ` +
        'train wrote',
      path,
      { cause },
    );
  }
  return parse(file, 'record of a run', () => withSteps(parseRunRecord(text)));
}

/** @throws TypeError where it does not say how long the run is; whoever only samples from it need not know */
function withSteps(record: RunRecord): RunRecord {
  const { steps } = record.options;
  if (record.steps !== undefined || (Number.isSafeInteger(steps) && (steps as number) >= 0)) return record;
  throw new TypeError(
    steps === undefined
      ? 'options.steps is missing'
      : `options.steps: must be a whole number of steps (got ${toJson(steps)})`,
  );
}

/** `result.json`; undefined where there is none yet. @throws DatasetFormatError when it is damaged */
function readResult(path: string): RunResult | undefined {
  const file = join(path, 'result.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return parse(file, 'result of a run', () => parseRunResult(text));
}

function parse<Content>(file: string, what: string, read: () => Content): Content {
  try {
    return read();
  } catch (cause) {
    throw new DatasetFormatError(
      `${file} is no ${what} (${(cause as Error).message}); restore it, or train again`,
      file,
      0,
      { cause },
    );
  }
}

function listCheckpoints(run: string): CheckpointListing[] {
  const folder = checkpointsFolder(run);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^(?:step|best)-.*\.safetensors$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((name) => {
      const path = join(folder, name);
      // One that has gone since, because a newer one came.
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      if (size === undefined) return [];
      const step = /^step-(\d+)\./.exec(name)?.[1];
      return [{ path, name, size, ...(step !== undefined && { step: Number(step) }) }];
    });
}

function standing(
  record: RunRecord,
  events: readonly RunEvent[],
  result: RunResult | undefined,
): RunStanding {
  const last = events.at(-1);
  if (last?.event === 'failure') return 'failed';
  if (last?.event === 'stage' && last.outcome === 'aborted') return 'stopped';
  // The result of an earlier sitting says nothing about what came after it.
  if (result === undefined || result.steps < (last?.step ?? 0)) return 'crashed';
  return result.steps < stepsOf(record) ? 'stopped' : 'completed';
}
