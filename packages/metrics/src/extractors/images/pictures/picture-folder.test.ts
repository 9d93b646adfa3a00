import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodePicture } from './decode-picture.js';
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

describe('decodePicture', () => {
  it('gives red, green and blue as they are, and drops opacity', async () => {
    const colours = await write('colours.png', [2, 3, 3]);
    expect(await decodePicture(join(folder, 'colours.png'))).toMatchObject({ height: 2, width: 3 });
    expect([...(await decodePicture(join(folder, 'colours.png'))).data]).toEqual([...colours]);
    const clear = await write('clear.png', [1, 2, 4]);
    expect([...(await decodePicture(join(folder, 'clear.png'))).data]).toEqual(
      [...clear].filter((_, i) => i % 4 < 3),
    );
  });

  it('repeats grey three times', async () => {
    await write('grey.png', [1, 2, 1], 7);
    expect([...(await decodePicture(join(folder, 'grey.png'))).data]).toEqual([7, 7, 7, 8, 8, 8]);
  });
});

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
