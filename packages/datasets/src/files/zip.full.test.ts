/** An archive of more files than 16 bits count: a minute or two, so `npm run test:full` has it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { succeeds } from '../../../../tooling/test/succeeds.js';
import { writeZip } from './zip.js';

const count = 65_536;
/** Each file holds its own number. */
const reader = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    names = archive.namelist()
    right = [int.from_bytes(archive.read(name), 'little') == int(name) for name in names]
    print(len(set(names)), sum(right))
`;
const hasPython = succeeds(() => execFileSync('python3', ['--version']));

describe.skipIf(!hasPython)('writeZip', () => {
  it('writes counts and places of 64 bits, which Python reads', { timeout: 900_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dist-gan-zip-'));
    try {
      const path = join(folder, 'many.zip');
      const files = Array.from({ length: count }, (_, i) => [`${i}`, Uint8Array.of(i, i >> 8)] as const);
      writeFileSync(path, await writeZip(new Map(files)));
      const answer = execFileSync('python3', ['-c', reader, path], { encoding: 'utf8' });
      expect(answer.trim()).toBe(`${count} ${count}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
