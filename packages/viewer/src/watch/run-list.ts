import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataNotFoundError, statIfAny } from '@dist-gan/core';
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
    if (statIfAny(folder)?.isDirectory() !== true) {
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

  /** Each real folder once: links to a run that is there under its own name add none. */
  private find(): Map<string, { readonly path: string; readonly changed: number }> {
    const found = new Map<string, { path: string; changed: number }>();
    const seen = new Set<string>();
    const look = (path: string) => {
      try {
        const real = realpathSync(path);
        const record = statSync(join(real, 'run.json'));
        if (seen.has(real) || !record.isFile()) return;
        seen.add(real);
        found.set(basename(path), { path, changed: record.mtimeMs });
      } catch {
        // No run, a link that leads nowhere or to itself, or it is gone and may come again.
      }
    };
    look(this.folder);
    if (found.size > 0) return found;
    for (const name of foldersFirst(this.folder)) look(join(this.folder, name));
    return found;
  }
}

/** Names of folders before those of links to folders. */
function foldersFirst(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = (linked: boolean) =>
      entries.filter((entry) => entry.isSymbolicLink() === linked).map(({ name }) => name);
    return [...names(false), ...names(true)];
  } catch {
    // It is gone, and may come again.
    return [];
  }
}
