import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeZip } from '@dist-gan/datasets/files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackWheel } from './wheel.js';

let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-wheel-'));
  mkdirSync(join(folder, 'out'));
  const files = { 'parts/lib.so': 'library', 'parts/lib.py': 'program' };
  const content = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  writeFileSync(join(folder, 'made.whl'), await writeZip(new Map(content)));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Unpacks the wheel that "pip" brings: a script that copies the one made above, and reads no zip file. */
async function unpack(matching: RegExp): Promise<void> {
  const python = join(folder, 'python');
  const [from, to] = [join(folder, 'made.whl'), join(folder, 'out', 'downloads')];
  writeFileSync(python, `#!/bin/sh\nmkdir '${to}' && cp '${from}' '${to}'\n`, { mode: 0o755 });
  const wheel = { name: 'parts', version: '1.0.0', python };
  await unpackWheel(wheel, matching, join(folder, 'out'), { environment: process.env });
}

describe.skipIf(process.platform === 'win32')('unpackWheel', () => {
  it('leaves the files that match, and nothing else', async () => {
    await unpack(/\.so$/);
    expect(readdirSync(join(folder, 'out'), { recursive: true })).toEqual(['parts', join('parts', 'lib.so')]);
    expect(readFileSync(join(folder, 'out', 'parts', 'lib.so'), 'utf8')).toBe('library');
  });

  it('says that nothing matches', async () => {
    await expect(unpack(/\.dll$/)).rejects.toThrow(
      'nothing in made.whl matches \\.dll$; of TensorFlow, another version',
    );
  });

  it('says that the wheel is damaged', async () => {
    writeFileSync(join(folder, 'made.whl'), 'no archive');
    await expect(unpack(/\.so$/)).rejects.toThrow(
      /^setup: made\.whl cannot be unpacked: .* is damaged: .*disk full/,
    );
  });
});
