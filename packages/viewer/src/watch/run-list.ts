import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataNotFoundError } from '@dist-gan/core';
import type { PresetWords } from '../view/index.js';
import { RunReader } from '../reading/index.js';

/** The runs of a folder: itself, or the folders in it. Looked for again at every look. */
export class RunList {
  private readonly known = new Map<string, RunReader>();

  /** @throws DataNotFoundError when there is no such folder */
  constructor(
    private readonly folder: string,
    private readonly wordsOf: (preset: string) => PresetWords | undefined,
  ) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new DataNotFoundError(
        `${folder} is no folder; give the folder of a run, or one that holds runs, for instance runs`,
        folder,
      );
    }
  }

  /** The newest first. */
  runs(): RunReader[] {
    const found = this.find();
    for (const name of this.known.keys()) if (!found.has(name)) this.known.delete(name);
    return [...found]
      .sort(([, a], [, b]) => b.changed - a.changed)
      .map(([name, { path }]) => {
        let run = this.known.get(name);
        if (run === undefined) this.known.set(name, (run = new RunReader(path, this.wordsOf)));
        return run;
      });
  }

  /** One that was found by its name: no part of a request becomes a path. */
  run(name: string): RunReader | undefined {
    return this.runs().find((run) => run.name === name);
  }

  private find(): Map<string, { readonly path: string; readonly changed: number }> {
    const found = new Map<string, { path: string; changed: number }>();
    const look = (path: string) => {
      const record = statSync(join(path, 'run.json'), { throwIfNoEntry: false });
      if (record?.isFile() === true) found.set(basename(path), { path, changed: record.mtimeMs });
    };
    look(this.folder);
    if (found.size > 0) return found;
    let names: string[] = [];
    try {
      names = readdirSync(this.folder);
    } catch {
      // It is gone, and may come again.
    }
    for (const name of names) look(join(this.folder, name));
    return found;
  }
}
