import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DatasetFormatError,
  fromJson,
  makeFolder,
  OutputError,
  toJson,
  writeAtomically,
} from '@dist-gan/core';
import { lockRun } from '@dist-gan/runs';
import { resolveSweep, type SweepDefinition } from './definition/sweep-definition.js';
import { planFile, planToJson } from './plan/plan-file.js';
import type { SweepPlan } from './plan/plan.js';
import { toCsv } from './results/csv.js';
import { toSummaryJson } from './results/json.js';
import { toLatex } from './results/latex.js';
import { toMarkdown } from './results/markdown.js';
import type { SweepSummary } from './results/summary.js';
import { indexFile, SweepStore } from './store/sweep-store.js';

const definitionFile = 'sweep.json';

/**
 * A sweep on disk: `sweep.json` (its definition), `plan.json` (its runs), `index.sqlite`, a folder for each run, and what is made from them: `results.md`,
 * `.csv`, `.tex`, `.json`, and a figure for each preset.
 */
export class SweepFolder {
  private constructor(
    readonly path: string,
    readonly store: SweepStore,
    private readonly lock: { release(): void },
  ) {}

  /** Whether a path is the folder of a sweep. */
  static isAt(path: string): boolean {
    return existsSync(join(path, definitionFile));
  }

  /** Whether runs of a sweep are trained there. */
  static isOpenedAt(path: string): boolean {
    return existsSync(join(path, indexFile));
  }

  /** @throws DatasetFormatError when there is none that can be read */
  static readDefinition(path: string): SweepDefinition {
    const file = join(path, definitionFile);
    try {
      return resolveSweep(fromJson(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new DatasetFormatError(
        `${file} is no definition of a sweep (${(cause as Error).message}); correct it, or say again what it was to be`,
        file,
        0,
        { cause },
      );
    }
  }

  /**
   * Opens the folder of a sweep, or makes it; other processes are kept out until `close`.
   *
   * @throws OutputError when it is a run's folder, when another process has it, or when it cannot be written
   */
  static open(path: string): SweepFolder {
    if (existsSync(join(path, 'run.json'))) {
      throw new OutputError(`${path} is the folder of a run; give another folder to the sweep`, path);
    }
    makeFolder(path);
    const lock = lockRun(path);
    try {
      return new SweepFolder(path, SweepStore.open(path), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Writes what is to be trained: the definition for people, the plan for whoever reads the folder meanwhile. */
  writePlan(plan: SweepPlan): void {
    this.write(definitionFile, `${toJson(plan.definition, 2)}\n`);
    this.write(planFile, planToJson(plan));
  }

  /** Writes the tables, each whole or not at all. */
  writeResults(summary: SweepSummary): void {
    this.write('results.md', toMarkdown(summary));
    this.write('results.csv', toCsv(summary));
    this.write('results.tex', toLatex(summary));
    this.write('results.json', toSummaryJson(summary));
  }

  write(name: string, content: string | Uint8Array): void {
    const file = join(this.path, name);
    try {
      writeAtomically(file, content);
    } catch (cause) {
      throw new OutputError(
        `${file} cannot be written (${(cause as Error).message}); what is trained is kept: make room, and start the sweep again`,
        file,
        { cause },
      );
    }
  }

  close(): void {
    this.store.close();
    this.lock.release();
  }
}
