import { createHash } from 'node:crypto';
import {
  CheckpointError,
  fromJson,
  isGanError,
  readSafetensors,
  toJson,
  writeSafetensors,
  type JsonObject,
} from '@dist-gan/core';
import type { RunState } from '@dist-gan/trainer';
import { parseRunHistory } from '../record/parse-records.js';

/** What a checkpoint says beside the numbers of a run's state. */
export interface CheckpointRecord {
  /** Resolved options of the run. */
  readonly options: JsonObject;
  readonly seed: number;
  readonly versions: Readonly<Record<string, string>>;
  /** What ran the steps: other engines round otherwise. */
  readonly engine: string;
}

export interface Checkpoint extends RunState {
  readonly record: CheckpointRecord;
}

/** Of checkpoints that were written before runs had one. */
const noHistory = '{"evaluations":[],"interventions":[]}';

const format = 'dist-gan-checkpoint';
const version = '1';

/** The checksum stands first in the header, so that its place is known; it is of the file with zeros in this place. */
const opening = '{"__metadata__":{"sha256":"';
const checksumStart = 8 + opening.length;
const checksumLength = 64;

/**
 * A checkpoint as one safetensors file: the state's tensors under their names, everything else as texts of its
 * metadata, with a SHA-256 of all the rest.
 */
export function encodeCheckpoint({ step, seconds, history, tensors, record }: Checkpoint): Uint8Array {
  const file = writeSafetensors(tensors, {
    sha256: '0'.repeat(checksumLength),
    format,
    version,
    step: String(step),
    seconds: String(seconds),
    history: toJson(history),
    record: toJson(record),
  });
  file.set(new TextEncoder().encode(checksum(file)), checksumStart);
  return file;
}

/**
 * Reads what {@link encodeCheckpoint} wrote, all of it or nothing.
 *
 * @param path what the file is called in messages
 * @throws CheckpointError when a byte is missing or changed, or another version wrote it
 */
export function decodeCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  const fail = (what: string, cause?: unknown): never => {
    throw new CheckpointError(`${path}: ${what}`, path, { cause });
  };
  const text = (from: number, to: number) => new TextDecoder('latin1').decode(bytes.subarray(from, to));
  if (text(8, checksumStart) !== opening) {
    fail('is no checkpoint of dist-gan, or its first bytes are damaged');
  }
  const stored = text(checksumStart, checksumStart + checksumLength);
  const blank = new Uint8Array(bytes);
  blank.fill(0x30, checksumStart, checksumStart + checksumLength);
  if (checksum(blank) !== stored) {
    fail('is damaged: its bytes do not fit the checksum that was written with them');
  }
  try {
    const { tensors, metadata } = readSafetensors(bytes, path);
    if (metadata.format !== format || metadata.version !== version) {
      fail(
        `is a checkpoint of format ${metadata.format} ${metadata.version}, this program reads ${format} ${version}; use the ` +
          'version of dist-gan that wrote it',
      );
    }
    const [step, seconds] = [Number(metadata.step), Number(metadata.seconds)];
    if (!Number.isSafeInteger(step) || step < 0) fail(`is of step ${metadata.step}, which is none`);
    if (!Number.isFinite(seconds) || seconds < 0) fail(`took ${metadata.seconds} seconds, which cannot be`);
    const history = parseRunHistory(metadata.history ?? noHistory);
    return { step, seconds, history, tensors, record: readRecord(metadata.record) };
  } catch (cause) {
    if (isGanError(cause, 'CHECKPOINT_INVALID')) throw cause;
    return fail(`cannot be read (${(cause as Error).message})`, cause);
  }
}

function readRecord(text: string): CheckpointRecord {
  const record = fromJson(text) as Partial<CheckpointRecord> | null;
  const { options, seed, versions, engine } = record ?? {};
  if (isObject(options) && isObject(versions) && Number.isSafeInteger(seed) && typeof engine === 'string') {
    return record as CheckpointRecord;
  }
  throw new TypeError('its record lacks options, seed, versions or engine');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
