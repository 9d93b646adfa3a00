import { join } from 'node:path';
import { makeFolder, OutputError, toJson, writeAtomically } from '@dist-gan/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { CheckpointStore } from '../checkpoints/checkpoint-store.js';
import type { EventLog } from '../events/event-log.js';
import type { RunEvent } from '../events/run-event.js';
import { saveNetwork } from '../networks/saved-network.js';
import type { RunRecord } from '../record/run-record.js';
import type { RunResult } from '../record/run-result.js';
import { checkpointsFolder, eventLogOf, generatorFolder } from './layout.js';
import { readRecord } from './read-run.js';
import { freePath, otherFolder, resumeCommand, type RunPlace } from './run-place.js';

/**
 * A run on disk: `run.json`, `metrics.jsonl`, `samples/` and a folder for each other kind of picture, `checkpoints/`, `generator/`, `report.html`,
 * `result.json`. Files appear whole or not at all, but for `metrics.jsonl`, which grows line by line.
 */
export class RunFolder {
  private readonly eventLog: EventLog;

  private constructor(readonly path: string) {
    this.eventLog = eventLogOf(path);
  }

  /**
   * Makes the folder of a new run.
   *
   * @throws OutputError when it exists and is not empty, or cannot be written
   */
  static create(place: RunPlace): RunFolder {
    const path = freePath(place);
    makeFolder(path, otherFolder);
    return new RunFolder(path);
  }

  /**
   * The folder of a run that is there, with its record.
   *
   * @throws DataNotFoundError when there is none, DatasetFormatError when its record is damaged
   */
  static open(path: string): { readonly folder: RunFolder; readonly record: RunRecord } {
    return { folder: new RunFolder(path), record: readRecord(path) };
  }

  get checkpoints(): string {
    return checkpointsFolder(this.path);
  }

  /**
   * What a run logged up to a step. Everything after it is taken out of the log, and so is a line that was cut when the
   * run was killed: the run goes on from that step and logs it again.
   */
  rewindLog(step: number): RunEvent[] {
    return this.writing(this.eventLog.file, () => this.eventLog.rewind(step));
  }

  writeRecord(record: RunRecord): void {
    this.write('run.json', `${toJson(record, 2)}\n`);
  }

  /** Adds a line to `metrics.jsonl`. */
  log(event: RunEvent): void {
    this.writing(this.eventLog.file, () => this.eventLog.append(event));
  }

  /**
   * Writes a picture of a step.
   *
   * @param kind what it shows, and the folder it goes into
   * @returns the picture's path below the run's folder
   */
  writePicture(kind: string, step: number, png: Uint8Array): string {
    const name = `${kind}/step-${stepText(step)}.png`;
    makeFolder(join(this.path, kind), otherFolder);
    this.write(name, png);
    return name;
  }

  /** Writes where samples of one or two numbers lie, as plain data. */
  writePlane(plane: object): void {
    makeFolder(join(this.path, 'samples'), otherFolder);
    this.write('samples/plane.json', toJson(plane));
  }

  /** Writes samples of a step in the coordinates of the plane: float32, little-endian. */
  writePoints(step: number, points: Float32Array): void {
    const bytes = new DataView(new ArrayBuffer(4 * points.length));
    points.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
    this.write(`samples/step-${stepText(step)}.f32`, new Uint8Array(bytes.buffer));
  }

  /** Writes the generator over the one of an earlier step. */
  async writeGenerator(generator: LayersModel): Promise<void> {
    const folder = generatorFolder(this.path);
    try {
      await saveNetwork(folder, generator);
    } catch (cause) {
      throw this.unwritable(folder, cause);
    }
  }

  writeResult(result: RunResult): void {
    this.write('result.json', `${toJson(result, 2)}\n`);
  }

  writeReport(html: string): void {
    this.write('report.html', html);
  }

  private write(name: string, content: string | Uint8Array): void {
    const path = join(this.path, name);
    this.writing(path, () => writeAtomically(path, content));
  }

  private writing<Result>(path: string, task: () => Result): Result {
    try {
      return task();
    } catch (cause) {
      throw this.unwritable(path, cause);
    }
  }

  private unwritable(path: string, cause: unknown): OutputError {
    const newest = new CheckpointStore(this.checkpoints).names().at(-1);
    const remedy =
      newest === undefined
        ? otherFolder
        : `${newest} is intact: when it can be written again, go on with ${resumeCommand(this.path)}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new OutputError(`${path} cannot be written (${reason}); ${remedy}`, path, { cause });
  }
}

function stepText(step: number): string {
  return String(step).padStart(7, '0');
}
