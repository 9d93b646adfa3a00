import { linkSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  CheckpointError,
  flushFolder,
  makeFolder,
  OutputError,
  shellWord,
  writeAtomically,
} from '@dist-gan/core';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.js';

const stepName = /^step-(\d+)\.safetensors$/;
const bestName = (metric: string) => `best-${metric.replaceAll(/[^\w-]/g, '_')}.safetensors`;

/** The checkpoints of a run: `step-<n>.safetensors`, the newest few of them, and `best-<metric>.safetensors`. */
export class CheckpointStore {
  /** @param keep how many of the newest stay, at least one */
  constructor(
    readonly folder: string,
    private readonly keep = 2,
  ) {}

  /**
   * Writes a checkpoint and removes the oldest beyond `keep`.
   *
   * @returns its path
   * @throws OutputError when it cannot be written; those before it are untouched
   */
  save(checkpoint: Checkpoint): string {
    const path = this.pathOf(checkpoint.step);
    this.write(() => {
      makeFolder(this.folder);
      writeAtomically(path, encodeCheckpoint(checkpoint));
      for (const old of this.names().slice(0, -this.keep)) rmSync(join(this.folder, old), { force: true });
    });
    return path;
  }

  /** Where the checkpoint of a step is, or would be. */
  pathOf(step: number): string {
    return join(this.folder, `step-${String(step).padStart(7, '0')}.safetensors`);
  }

  /** Keeps a checkpoint that was saved as the best by a metric, in place of the one before. */
  markBest(path: string, metric: string): void {
    this.write(() => {
      const beside = join(this.folder, `.${process.pid}.best.tmp`);
      rmSync(beside, { force: true });
      linkSync(path, beside);
      renameSync(beside, join(this.folder, bestName(metric)));
      // Where both names were of one file, renaming did nothing.
      rmSync(beside, { force: true });
      flushFolder(this.folder);
    });
  }

  /**
   * The newest checkpoint that is whole. Damaged ones before it are told to `onDamaged`.
   *
   * @throws CheckpointError when there is none
   */
  newest(onDamaged: (error: CheckpointError) => void = () => {}): Checkpoint {
    const names = this.names();
    for (const name of [...names].reverse()) {
      try {
        return this.read(name);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        onDamaged(error);
      }
    }
    const best = this.wholeBest();
    throw new CheckpointError(
      (names.length > 0
        ? `${this.folder}: none of the ${names.length} checkpoints can be read; `
        : `${this.folder} holds no checkpoint${best === undefined ? ': the run ended before its first one' : ' of a step'}; `) +
        (best === undefined
          ? 'train again'
          : `${best.name}, of step ${best.step}, is whole and can be named itself; cp ${shellWord(join(this.folder, best.name))} ${shellWord(this.pathOf(best.step))} ` +
            'has the run go on from there'),
      this.folder,
    );
  }

  /** The latest of the best that is whole. It may be far back: nobody goes on from it unasked. */
  private wholeBest(): { readonly name: string; readonly step: number } | undefined {
    const whole = this.files().flatMap((name) => {
      if (!/^best-.*\.safetensors$/.test(name)) return [];
      try {
        return [{ name, step: this.read(name).step }];
      } catch {
        return [];
      }
    });
    return whole.sort((a, b) => b.step - a.step)[0];
  }

  /** The checkpoint of a step, whichever name it has; undefined where none is whole. */
  find(step: number): Checkpoint | undefined {
    for (const name of this.files().filter((file) => file.endsWith('.safetensors'))) {
      const ofStep = stepName.exec(name);
      if (ofStep !== null && Number(ofStep[1]) !== step) continue;
      try {
        const checkpoint = this.read(name);
        if (checkpoint.step === step) return checkpoint;
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
      }
    }
    return undefined;
  }

  /** A checkpoint by its file's name. @throws CheckpointError */
  read(name: string): Checkpoint {
    const path = join(this.folder, name);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch (cause) {
      throw new CheckpointError(`${path} cannot be read (${(cause as Error).message})`, path, { cause });
    }
    return decodeCheckpoint(bytes, path);
  }

  /** Files of steps, the oldest first. */
  names(): string[] {
    const stepOf = (name: string) => Number(stepName.exec(name)![1]);
    return this.files()
      .filter((name) => stepName.test(name))
      .sort((a, b) => stepOf(a) - stepOf(b));
  }

  /** Removes checkpoints of steps after this one: a run that goes on from here makes them again. */
  removeAfter(step: number): void {
    for (const name of this.names()) {
      if (Number(stepName.exec(name)![1]) > step) rmSync(join(this.folder, name), { force: true });
    }
  }

  /** None where there is no folder. */
  private files(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }

  private write(task: () => void): void {
    try {
      task();
    } catch (cause) {
      const kept = this.names();
      throw new OutputError(
        `no checkpoint can be written into ${this.folder} (${(cause as Error).message}); ` +
          (kept.length > 0
            ? `${kept.at(-1)} is intact: make room and resume`
            : 'make room, or choose another folder'),
        this.folder,
        { cause },
      );
    }
  }
}
