import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPictureFolder, type PictureFolder } from './picture-folder.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-pictures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Channels = 1 | 3 | 4;

/** A lossless picture whose bytes are known. */
async function write(
  name: string,
  [height, width, channels]: readonly [number, number, Channels],
  first = 0,
) {
  const data = Uint8Array.from({ length: height * width * channels }, (_, i) => first + i);
  await sharp(data, { raw: { height, width, channels } }).toFile(join(folder, name));
  return data;
}

async function read({ batches }: PictureFolder) {
  const all = [];
  for await (const batch of batches()) all.push(batch);
  return all;
}

async function failure(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isGanError(error) ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
}

describe('openPictureFolder', () => {
  it('gives pictures in the order of their names, those of one size together', async () => {
    mkdirSync(join(folder, 'more'));
    await write('b.png', [2, 2, 3], 10);
    await write('a.png', [2, 2, 3], 0);
    await write('more/c.png', [1, 4, 3], 20);
    writeFileSync(join(folder, 'notes.txt'), 'no picture');
    const pictures = await openPictureFolder(folder);
    expect(pictures.size).toBe(3);
    const batches = await read(pictures);
    expect(pictures.notices).toEqual([expect.stringContaining('1 .txt')]);
    expect(batches.map(({ count, sampleShape }) => [count, ...sampleShape])).toEqual([
      [2, 2, 2, 3],
      [1, 1, 4, 3],
    ]);
    expect([batches[0].data[0], batches[0].data[12], batches[1].data[0]]).toEqual([0, 10, 20]);
    expect((await openPictureFolder(folder, { count: 1 })).size).toBe(1);
  });

  it('names the first corrupt picture and counts them, or skips them', async () => {
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png']) await write(name, [8, 8, 3]);
    const whole = readFileSync(join(folder, 'b.png'));
    writeFileSync(join(folder, 'b.png'), whole.subarray(0, whole.length - 40));
    writeFileSync(join(folder, 'c.png'), 'not a picture');
    expect(await failure(openPictureFolder(folder))).toMatch(
      /^DATA_FORMAT: .*b\.png cannot be decoded \(.*\); it is the first of 2 corrupt pictures among 4: replace them or skip them$/,
    );
    const pictures = await openPictureFolder(folder, { corrupt: 'skip' });
    expect(pictures.size).toBe(2);
    expect(pictures.skipped).toEqual([expect.stringContaining('b.png'), expect.stringContaining('c.png')]);
    expect((await read(pictures))[0].count).toBe(2);
  });

  it('skips corrupt pictures until as many are whole as are asked for', async () => {
    for (let i = 0; i < 12; i++) await write(`${String(i).padStart(2, '0')}.png`, [2, 2, 3], i);
    for (const name of ['02.png', '05.png']) writeFileSync(join(folder, name), 'not a picture');
    const pictures = await openPictureFolder(folder, { corrupt: 'skip', count: 8 });
    expect(pictures.size).toBe(8);
    expect(pictures.skipped.length).toBe(2);
    const [batch] = await read(pictures);
    const firsts = Array.from({ length: 8 }, (_, i) => batch.data[12 * i]);
    expect(firsts).toEqual([0, 1, 3, 4, 6, 7, 8, 9]);
    expect((await openPictureFolder(folder, { corrupt: 'skip', count: 100 })).size).toBe(10);
    expect((await openPictureFolder(folder, { count: 2 })).size).toBe(2);
    expect(await failure(openPictureFolder(folder, { count: 3 }))).toMatch(
      /first of 1 corrupt pictures among 3/,
    );
  });

  it('tells of files that do not count', async () => {
    await write('a.png', [2, 2, 3]);
    writeFileSync(join(folder, 'b.bmp'), 'BM');
    expect((await openPictureFolder(folder)).notices).toEqual([
      expect.stringContaining('1 file (1 .bmp) left out'),
    ]);
  });

  it('gives large pictures alone, and no more than some megabytes together', async () => {
    for (const name of ['a.png', 'b.png', 'c.png']) await write(name, [2500, 3000, 1]);
    const counts = (await read(await openPictureFolder(folder))).map(({ count }) => count);
    expect(counts).toEqual([1, 1, 1]);
  });

  it('says what is missing', async () => {
    expect(await failure(openPictureFolder(join(folder, 'none')))).toMatch(
      /^DATA_NOT_FOUND: there is no folder/,
    );
    expect(await failure(openPictureFolder(folder))).toMatch(/^DATA_NOT_FOUND: .*has no pictures/);
  });

  it('can be stopped', async () => {
    await write('a.png', [2, 2, 3]);
    await expect(
      openPictureFolder(folder, { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });
});
