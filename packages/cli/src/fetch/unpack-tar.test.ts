import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
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
import { packTar } from 'modern-tar';
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

/** Writes the checksum of a header that was changed. */
function seal(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
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

  describe.skipIf(process.platform !== 'linux')('of files that are not whole in the archive', () => {
    /** A hole of 4 MiB and its end, behind files whose contents look like headers and whose names need entries of their own. */
    function withHoles(format: string): Buffer {
      const source = join(folder, 'source');
      const longName = 'n'.repeat(150);
      mkdirSync(source);
      for (const name of ['a', longName, 'holes']) writeFileSync(join(source, name), '');
      const misleading = Buffer.alloc(1536);
      misleading.fill('S', 156, 157).fill('S', 668, 669);
      writeFileSync(join(source, 'a'), misleading);
      truncateSync(join(source, 'holes'), 2 ** 22);
      appendFileSync(join(source, 'holes'), 'end');
      const made = join(folder, 'made.tar.gz');
      const words = [`--format=${format}`, '-Sczf', made, '-C', source, 'a', longName, 'holes'];
      execFileSync('tar', words);
      return readFileSync(made);
    }

    it.each(['gnu', 'oldgnu', 'pax'])('refuses a sparse file of the format %s', async (format) => {
      expect(await unpack(withHoles(format))).toMatch(
        /^DATA_FORMAT: .*cannot be unpacked: .*holes is packed as a sparse file.*; unpack it with GNU tar, or pack/,
      );
    });

    it('finds the file behind one whose size stands among the attributes, as it does from 8 GiB on', async () => {
      const misleading = Buffer.alloc(1536).fill('S', 156, 157);
      const plain = Buffer.from(
        await packTar([
          { header: { name: 'large', size: 1536, pax: { comment: 'none', size: '1536' } }, body: misleading },
          { header: { name: 'holes', size: 3 }, body: 'end' },
        ]),
      );
      const large = plain.subarray(1024, 1536);
      expect(large.toString('latin1', 0, 5)).toBe('large');
      large.fill('0', 124, 135);
      seal(large);
      expect(await unpack(gzipSync(plain))).toBe('');
      expect(Buffer.compare(readFileSync(join(folder, 'out', 'large')), misleading)).toBe(0);
      plain.write('S', 3072 + 156, 'latin1');
      seal(plain.subarray(3072, 3584));
      expect(await unpack(gzipSync(plain))).toMatch(/: holes is packed as a sparse file/);
    });

    it('refuses the rest of a file that begins in another volume', async () => {
      const plain = gunzipSync(archive());
      plain.write('M', 156, 'latin1');
      expect(await unpack(gzipSync(plain))).toMatch(/^DATA_FORMAT: .*set\/ begins in another volume/);
    });
  });

  it('does not blame the archive where the folder cannot be written', async () => {
    writeFileSync(join(folder, 'out'), 'no folder');
    expect(await unpack(archive())).toMatch(
      /^OUTPUT_UNWRITABLE: .*set\.tar\.gz cannot be unpacked: EEXIST.*; make room or name another folder$/,
    );
  });

  it('writes nothing outside of the folder', async () => {
    const plain = gunzipSync(archive());
    const name = Buffer.from('../escaped\0');
    name.copy(plain);
    plain.write('0', 156, 'latin1'); // a file
    seal(plain.subarray(0, 512));
    expect(await unpack(gzipSync(plain))).toMatch(/^DATA_FORMAT: .*\.\.\/escaped.* points outside/);
    expect(readdirSync(folder)).not.toContain('escaped');
  });
});
