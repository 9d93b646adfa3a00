import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file under a temporary name and renames it: a reader sees the old file or the new one, never half. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
