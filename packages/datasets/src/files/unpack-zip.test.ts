import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackZip } from './unpack-zip.js';
import { writeZip } from './zip.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const archive = () => join(folder, 'archive.zip');
const out = () => join(folder, 'out');
/** Longer than what is read at once. */
const long = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * i) >> 7);

async function pack(files: Record<string, Uint8Array>): Promise<void> {
  writeFileSync(archive(), await writeZip(new Map(Object.entries(files))));
}

describe('unpackZip', () => {
  it('unpacks the files that match, into their folders', async () => {
    await pack({ 'lib/deep/long': long, 'lib/empty': new Uint8Array(0), 'other/file': long });
    expect(await unpackZip(archive(), /^lib\//, out())).toEqual(['lib/deep/long', 'lib/empty']);
    expect(readdirSync(out())).toEqual(['lib']);
    expect(Buffer.compare(readFileSync(join(out(), 'lib/deep/long')), long)).toBe(0);
    expect(readFileSync(join(out(), 'lib/empty'))).toHaveLength(0);
    expect(await unpackZip(archive(), /^none$/, out())).toEqual([]);
  });

  it('refuses what is damaged, and names it', async () => {
    await pack({ file: long });
    const bytes = readFileSync(archive());
    // Within the deflated bytes.
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(archive(), bytes);
    await expect(unpackZip(archive(), /file/, out())).rejects.toThrow(/^file in .*archive\.zip is damaged: /);
    truncateSync(archive(), 1000);
    await expect(unpackZip(archive(), /file/, out())).rejects.toThrow(/^.*archive\.zip is damaged: /);
  });

  it('writes nothing outside of the folder', async () => {
    await pack({ 'aa/file': long });
    const bytes = readFileSync(archive(), 'latin1');
    writeFileSync(archive(), bytes.replaceAll('aa/file', '../file'), 'latin1');
    await expect(unpackZip(archive(), /file/, out())).rejects.toThrow(/is damaged: .*filename/i);
    expect(existsSync(join(folder, 'file'))).toBe(false);
  });

  it('stops when it is told to', async () => {
    await pack({ file: long });
    await expect(unpackZip(archive(), /file/, out(), AbortSignal.abort())).rejects.toThrow('aborted');
  });

  it('says that there is no archive', async () => {
    await expect(unpackZip(archive(), /file/, out())).rejects.toThrow(/ENOENT/);
  });
});
