import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkFolderWritable,
  DataNotFoundError,
  DatasetFormatError,
  makeFolder,
  OutputError,
  toJson,
} from '@dist-gan/core';
import { CheckpointStore, saveNetwork, writeAtomically } from '@dist-gan/runs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { parseRunEvent, parseRunRecord } from './read-records.js';
import type { RunEvent, RunRecord, RunResult } from './records.js';

const otherFolder = 'choose another folder with --out';

/** Where a run keeps its generator. */
export function generatorFolder(run: string): string {
  return join(run, 'generator');
}

/**
 * A run on disk: `run.json`, `metrics.jsonl`, pictures in `samples/`, `reconstructions/`,
 * `interpolation/` and `latent-labels/`, `checkpoints/`, `generator/`, `report.html`, `result.json`. Files appear whole
 * or not at all, but for `metrics.jsonl`, which grows line by line.
 */
export class RunFolder {
  private constructor(readonly path: string) {}

  /**
   * Makes the folder of a new run.
   *
   * @throws OutputError when it exists and is not empty, or cannot be written
   */
  static create(place: RunPlace): RunFolder {
    const path = freePath(place);
    makeFolder(join(path, 'samples'), otherFolder);
    return new RunFolder(path);
  }

  /**
   * The folder of a run that is there, with its record.
   *
   * @throws DataNotFoundError when there is none, DatasetFormatError when its record is damaged
   */
  static open(path: string): { readonly folder: RunFolder; readonly record: RunRecord } {
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
    try {
      return { folder: new RunFolder(path), record: parseRunRecord(text) };
    } catch (cause) {
      throw new DatasetFormatError(
        `${file} is no record of a run (${(cause as Error).message}); restore it, or train again`,
        file,
        0,
        { cause },
      );
    }
  }

  get checkpoints(): string {
    return join(this.path, 'checkpoints');
  }

  /**
   * What a run logged up to a step. Everything after it is taken out of the log, and so is a line that was cut when the
   * run was killed: the run goes on from that step and logs it again.
   */
  rewindLog(step: number): RunEvent[] {
    const file = join(this.path, 'metrics.jsonl');
    let text = '';
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw this.unwritable(file, error);
    }
    const kept = text
      .split('\n')
      .map(parseRunEvent)
      .filter(
        (event) => event !== undefined && event.step <= step && event.event !== 'failure',
      ) as RunEvent[];
    this.write('metrics.jsonl', kept.map((event) => `${toJson(event)}\n`).join(''));
    return kept;
  }

  /** Pictures of a kind up to a step, in the order of steps. */
  pictures(kind: PictureKind, upTo: number): { readonly step: number; readonly file: string }[] {
    let names: string[] = [];
    try {
      names = readdirSync(join(this.path, kind));
    } catch {
      // None was written.
    }
    return names
      .flatMap((name) => {
        const step = Number(/^step-(\d+)\.png$/.exec(name)?.[1] ?? NaN);
        return step <= upTo ? [{ step, file: `${kind}/${name}` }] : [];
      })
      .sort((a, b) => a.step - b.step);
  }

  writeRecord(record: RunRecord): void {
    this.write('run.json', `${toJson(record, 2)}\n`);
  }

  /** Adds a line to `metrics.jsonl`. */
  log(event: RunEvent): void {
    const file = join(this.path, 'metrics.jsonl');
    const before = statSync(file, { throwIfNoEntry: false })?.size;
    try {
      appendFileSync(file, `${toJson(event)}\n`);
    } catch (cause) {
      // A full disk takes the first part of a line, and the next line would be glued to it.
      if (before !== undefined) truncateSync(file, before);
      throw this.unwritable(file, cause);
    }
  }

  /**
   * Writes a picture of a step.
   *
   * @param kind what it shows, and the folder it goes into
   * @returns the picture's path below the run's folder
   */
  writePicture(kind: PictureKind, step: number, png: Uint8Array): string {
    const name = `${kind}/step-${String(step).padStart(7, '0')}.png`;
    makeFolder(join(this.path, kind), otherFolder);
    this.write(name, png);
    return name;
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
    try {
      writeAtomically(path, content);
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

/** What to type to go on with a run. */
function resumeCommand(path: string): string {
  return `dist-gan resume ${/^[\w./\\:@-]+$/.test(path) ? path : JSON.stringify(path)}`;
}

/** What a picture of a run shows; each kind has a folder. */
type PictureKind = 'samples' | 'reconstructions' | 'interpolation' | 'latent-labels';

/** Where a run goes: exactly `path`, or, when it is taken and may be `numbered`, `path-2`, `path-3`, ... */
export interface RunPlace {
  readonly path: string;
  readonly numbered: boolean;
}

/**
 * Finds out before any work is done whether a run's folder can be made; leaves nothing behind.
 *
 * @throws OutputError
 */
export function checkRunPlace(place: RunPlace): void {
  checkFolderWritable(freePath(place), otherFolder);
}

function freePath({ path, numbered }: RunPlace): string {
  if (isFree(path)) return path;
  if (!numbered) {
    const holds = existsSync(join(path, 'run.json'))
      ? `holds a run; to go on with it: ${resumeCommand(path)}; for a new one`
      : 'exists and is not an empty folder;';
    throw new OutputError(`--out ${path} ${holds} choose another folder`, path);
  }
  let count = 2;
  while (!isFree(`${path}-${count}`)) count++;
  return `${path}-${count}`;
}

function isFree(path: string): boolean {
  const kind = kindOf(path);
  return kind === 'nothing' || (kind === 'folder' && readdirSync(path).length === 0);
}

function kindOf(path: string): 'nothing' | 'file' | 'folder' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
