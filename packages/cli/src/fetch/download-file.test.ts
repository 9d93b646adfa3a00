import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveFiles, type Behaviour, type FileServer } from '../../test/file-server.js';
import { downloadFile } from './download-file.js';

const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) >> 3);
const md5 = createHash('md5').update(content).digest('hex');

let folder = '';
let servers: FileServer[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-fetch-'));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  rmSync(folder, { recursive: true });
});

async function server(behaviour: Behaviour = {}, served: Uint8Array = content): Promise<FileServer> {
  const made = await serveFiles({ 'set.gz': served }, { into: folder, ...behaviour });
  servers.push(made);
  return made;
}

const target = () => join(folder, 'set.gz');
const part = () => `${target()}.part`;

/** Downloads; what it ended with, and every progress. */
async function download(addresses: readonly string[], signal = new AbortController().signal) {
  const progress: [bytes: number, total: number | undefined][] = [];
  const error: unknown = await downloadFile(
    target(),
    { addresses, checksum: md5 },
    { signal, pause: 0.001, onProgress: (...reached) => progress.push(reached) },
  ).catch((thrown: unknown) => thrown);
  const outcome = isGanError(error) ? `${error.code}: ${error.message}` : error;
  return { outcome, progress };
}

function expectWhole() {
  expect(Buffer.compare(readFileSync(target()), content)).toBe(0);
  expect(readdirSync(folder)).toEqual(['set.gz']);
}

describe('downloadFile', () => {
  it('gives the bytes as they were sent, and tells how far it is', async () => {
    const { address, asked } = await server({ redirects: { 'old/set.gz': 'set.gz' } });
    const { outcome, progress } = await download([`${address}old/set.gz`]);
    expect(outcome).toBeUndefined();
    expectWhole();
    expect(asked).toEqual(['old/set.gz', 'set.gz']);
    expect(progress.at(-1)).toEqual([100_000, 100_000]);
    expect(progress.every(([bytes], i) => i === 0 || bytes > progress[i - 1][0])).toBe(true);
  });

  it('goes on after a cut connection', async () => {
    const { address, asked } = await server({ cutAfter: [30_000, 20_000] });
    const { outcome, progress } = await download([`${address}set.gz`]);
    expect(outcome).toBeUndefined();
    expectWhole();
    const starts = asked.map((request) => Number(/bytes=(\d+)-/.exec(request)?.[1] ?? 0));
    // What was on its way to the disk when the connection ended may be asked for again.
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeGreaterThan(0);
    expect(starts[1]).toBeLessThanOrEqual(30_000);
    expect(starts[2]).toBeGreaterThan(starts[1]);
    expect(starts[2]).toBeLessThanOrEqual(50_000);
    expect(progress.at(-1)).toEqual([100_000, 100_000]);
  });

  it('starts anew where a server ignores ranges', async () => {
    const { address, asked } = await server({ cutAfter: [30_000], ignoresRanges: true });
    expect((await download([`${address}set.gz`])).outcome).toBeUndefined();
    expectWhole();
    expect(asked).toEqual(['set.gz', expect.stringMatching(/^set\.gz bytes=\d+-$/)]);
  });

  it('goes on with what an earlier run left', async () => {
    const { address, asked } = await server();
    writeFileSync(part(), content.subarray(0, 60_000));
    expect((await download([`${address}set.gz`])).outcome).toBeUndefined();
    expectWhole();
    expect(asked).toEqual(['set.gz bytes=60000-']);
    rmSync(target());
    writeFileSync(part(), content);
    expect((await download([])).outcome).toBeUndefined();
    expectWhole();
  });

  it('keeps a file with a wrong checksum as a part, and starts anew the next time', async () => {
    const other = content.slice();
    other[5] ^= 1;
    const wrong = await server({}, other);
    const found = createHash('md5').update(other).digest('hex');
    expect((await download([`${wrong.address}set.gz`])).outcome).toMatch(
      `DATA_FORMAT: ${wrong.address}set.gz gave another file than the published one (MD5 ${found}, published ${md5})`,
    );
    expect(readdirSync(folder)).toEqual(['set.gz.part']);
    const right = await server();
    expect((await download([`${right.address}set.gz`])).outcome).toBeUndefined();
    expect(right.asked).toEqual(['set.gz bytes=100000-', 'set.gz']);
    expectWhole();
  });

  it('tries the next address where one has no such file', async () => {
    const [none, broken, good] = [
      await server({ status: 404 }),
      await server({ status: 503 }),
      await server(),
    ];
    const addresses = [none, broken, good].map(({ address }) => `${address}set.gz`);
    expect((await download(addresses)).outcome).toBeUndefined();
    expectWhole();
    expect([none, broken, good].map(({ asked }) => asked.length)).toEqual([1, 4, 1]);
  });

  it('says what every address answered when none has it', async () => {
    const { address } = await server({ status: 404 });
    const gone = await server();
    await gone.close();
    const { outcome } = await download([`${address}set.gz`, `${gone.address}set.gz`]);
    expect(outcome).toMatch(
      /^DATA_NOT_FOUND: the file could not be fetched .*set\.gz: the server answers with status 404; /,
    );
    expect(outcome).toMatch(/ECONNREFUSED.*by hand/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives up where connections bring nothing, and keeps what is there', async () => {
    const { address, asked } = await server({ cutAfter: [30_000, 0, 0, 0, 0, 0] });
    expect((await download([`${address}set.gz`])).outcome).toMatch(/^DATA_NOT_FOUND/);
    expect(asked.length).toBe(5);
    const kept = readFileSync(part());
    expect(kept.length).toBeGreaterThan(0);
    expect(Buffer.compare(kept, content.subarray(0, kept.length))).toBe(0);
  });

  it('stops when it is told to, and keeps what is there', async () => {
    const { address } = await server({ cutAfter: [40_000] });
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('interrupted')), 5);
    const { outcome } = await download([`${address}set.gz`], abort.signal);
    expect(outcome).toMatchObject({ message: 'interrupted' });
    expect(existsSync(target())).toBe(false);
  });

  it('says when there is no room for it', async () => {
    const { address } = await server();
    rmSync(folder, { recursive: true });
    expect((await download([`${address}set.gz`])).outcome).toMatch(
      /^OUTPUT_UNWRITABLE: .*part cannot be written/,
    );
    folder = mkdtempSync(join(tmpdir(), 'dist-gan-fetch-'));
  });
});
