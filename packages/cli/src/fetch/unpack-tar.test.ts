import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isGanError } from '@dist-gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackTarGz } from './unpack-tar.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-tar-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const long = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 5);
const deep = `${'folder-of-a-long-name/'.repeat(6)}file`;

/** An archive that the system's tar made, in the format of the published ones. */
function archive(): Buffer {
  const source = join(folder, 'source', 'set');
  mkdirSync(join(source, deep, '..'), { recursive: true });
  writeFileSync(join(source, 'long'), long);
  writeFileSync(join(source, 'empty'), '');
  writeFileSync(join(source, deep), 'deep');
  symlinkSync('long', join(source, 'link'));
  execFileSync('tar', [
    '--format=ustar',
    '-czf',
    join(folder, 'made.tar.gz'),
    '-C',
    join(folder, 'source'),
    'set',
  ]);
  return readFileSync(join(folder, 'made.tar.gz'));
}

async function unpack(content: Uint8Array): Promise<string> {
  writeFileSync(join(folder, 'set.tar.gz'), content);
  const error = await unpackTarGz(join(folder, 'set.tar.gz'), join(folder, 'out'), signal).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isGanError(error)) return `${error.code}: ${error.message}`;
  return error === undefined ? '' : 'not ours';
}

describe('unpackTarGz', () => {
  it('unpacks what tar packed, and no links', async () => {
    expect(await unpack(archive())).toBe('');
    const out = join(folder, 'out', 'set');
    expect(readdirSync(out).sort()).toEqual(['empty', 'folder-of-a-long-name', 'long']);
    expect(Buffer.compare(readFileSync(join(out, 'long')), long)).toBe(0);
    expect(readFileSync(join(out, 'empty')).length).toBe(0);
    expect(readFileSync(join(out, deep), 'utf8')).toBe('deep');
  });

  it.skipIf(process.platform !== 'linux')(
    'closes an archive that it refuses, and one that is not there',
    async () => {
      const open = () =>
        readdirSync('/proc/self/fd').filter((descriptor) => {
          try {
            return readlinkSync(`/proc/self/fd/${descriptor}`).endsWith('.tar.gz');
          } catch {
            return false;
          }
        });
      // Damaged in its first header, with much more behind it than is read at once.
      const noise = Buffer.alloc(2 ** 20, 1).map((_, i) => (i * 2654435761) >>> 13);
      for (let i = 0; i < 5; i++) expect(await unpack(gzipSync(noise))).toMatch(/^DATA_FORMAT/);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(open()).toEqual([]);
      const missing = join(folder, 'none.tar.gz');
      await expect(unpackTarGz(missing, join(folder, 'out'), signal)).rejects.toThrow(/ENOENT/);
    },
  );

  it('refuses what is damaged', async () => {
    const packed = archive();
    expect(await unpack(packed.subarray(0, packed.length / 2))).toMatch(
      /^DATA_FORMAT: .*cannot be unpacked: unexpected end/,
    );
    expect(await unpack(Buffer.from('no archive'))).toMatch(/^DATA_FORMAT: .*incorrect header check/);
    const plain = gunzipSync(packed);
    expect(await unpack(gzipSync(plain.subarray(0, 100_000)))).toMatch(
      /archive is truncated; remove it and fetch it again/,
    );
    plain[0] ^= 1;
    expect(await unpack(gzipSync(plain))).toMatch(/Invalid tar header checksum; remove/);
  });

  it.each(['gnu', 'pax'])('unpacks names of any length that tar wrote in its format %s', async (format) => {
    const name = `${'a'.repeat(150)}/${'b'.repeat(150)}`;
    mkdirSync(join(folder, 'source', name), { recursive: true });
    writeFileSync(join(folder, 'source', name, 'file'), 'content');
    const made = join(folder, 'made.tar.gz');
    const words = [`--format=${format}`, '-czf', made, '-C', join(folder, 'source'), 'a'.repeat(150)];
    execFileSync('tar', words);
    expect(await unpack(readFileSync(made))).toBe('');
    expect(readFileSync(join(folder, 'out', name, 'file'), 'utf8')).toBe('content');
  });

  it.skipIf(process.platform !== 'linux')(
    'refuses a sparse file, of which it would write too little',
    async () => {
      mkdirSync(join(folder, 'source'));
      writeFileSync(join(folder, 'source', 'holes'), 'end');
      truncateSync(join(folder, 'source', 'holes'), 2 ** 22);
      const made = join(folder, 'made.tar.gz');
      execFileSync('tar', ['--format=pax', '-Sczf', made, '-C', join(folder, 'source'), 'holes']);
      expect(await unpack(readFileSync(made))).toMatch(/^DATA_FORMAT: .*holes is packed as a sparse file/);
    },
  );

  it('writes nothing outside of the folder', async () => {
    const plain = gunzipSync(archive());
    const name = Buffer.from('../escaped\0');
    name.copy(plain);
    plain.write('0', 156, 'latin1'); // a file
    plain.fill(0x20, 148, 156);
    const sum = plain.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    plain.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(await unpack(gzipSync(plain))).toMatch(/^DATA_FORMAT: .*\.\.\/escaped.* points outside/);
    expect(readdirSync(folder)).not.toContain('escaped');
  });
});
