import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of a test file, gone when it ends. */
export const scratch = mkdtempSync(join(tmpdir(), 'dist-gan-fuzz-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** For readers of a path: the bytes as a file of this name. */
export function asFile(name: string, bytes: Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

export const text = (content: string) => new TextEncoder().encode(content);
