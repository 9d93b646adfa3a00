import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failure } from '../../test/failure.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { listPictures } from './list-pictures.js';

const folderWith = scratchFolders();
const nothing = Buffer.of();
const files = (...names: string[]) => Object.fromEntries(names.map((name) => [name, nothing]));

async function namesIn(folder: string): Promise<string[]> {
  return (await listPictures(folder)).files.map((file) => file.slice(folder.length + 1));
}

describe('listPictures', () => {
  it('finds every kind that sharp reads, and says which others there are', async () => {
    const pictures = [
      'a.JPG',
      'b.jfif',
      'c.tif',
      'd.avif',
      'e.jpe',
      'f/g.webp',
      'f/h.gif',
      'i.tiff',
      'j.jpeg',
      'k.png',
    ];
    const folder = folderWith(
      files(...pictures, 'x.bmp', 'f/y.BMP', 'labels.txt', 'README', '.hidden.png', '.thumbs/a.png'),
    );
    expect(await namesIn(folder)).toEqual(pictures);
    expect((await listPictures(folder)).notices).toEqual([
      `${folder}: 4 files (1 without an ending, 2 .bmp, 1 .txt) left out: pictures are read from .png, .jpg, .jpeg, .jpe, ` +
        '.jfif, .webp, .avif, .tif, .tiff, .gif; convert pictures of other kinds, to PNG for instance, if they belong to the set',
    ]);
    expect((await listPictures(folderWith(files('a.png')))).notices).toEqual([]);
  });

  it('takes a folder for a folder, whatever it is called', async () => {
    const folder = folderWith(files('set.png/a.png', 'b.png'));
    expect(await namesIn(folder)).toEqual(['b.png', 'set.png/a.png']);
  });

  it('counts each folder once, by its own name', async () => {
    const folder = folderWith(files('a.png', 'sub/b.png'));
    const elsewhere = folderWith(files('c.png'));
    symlinkSync('.', `${folder}/again`);
    symlinkSync('..', `${folder}/sub/above`);
    symlinkSync(`${folder}/sub`, `${folder}/before`);
    symlinkSync(elsewhere, `${folder}/elsewhere`);
    symlinkSync(folder, `${elsewhere}/back`);
    symlinkSync(`${folder}/a.png`, `${folder}/linked.png`);
    expect(await namesIn(folder)).toEqual(['a.png', 'elsewhere/c.png', 'linked.png', 'sub/b.png']);
    expect(await namesIn(`${folder}/again`)).toEqual(['a.png', 'elsewhere/c.png', 'linked.png', 'sub/b.png']);
  });

  it.skipIf(process.platform === 'win32')('keeps a backslash in a name', async () => {
    const folder = folderWith(files('sub\\p.png', 'sub/p.png'));
    expect(await namesIn(folder)).toEqual(['sub/p.png', 'sub\\p.png']);
  });

  it('says what is there where no picture is', async () => {
    const folder = folderWith(files('a.bmp'));
    expect(await failure(listPictures(folder))).toMatch(
      /^DATA_NOT_FOUND: .* has no pictures .*; it has 1 file \(1 \.bmp\)$/,
    );
    mkdirSync(`${folder}/empty`);
    expect(await failure(listPictures(`${folder}/empty`))).toMatch(/it has no files$/);
    expect(await failure(listPictures(`${folder}/a.bmp`))).toMatch(
      /^DATA_NOT_FOUND: there is no folder .*ENOTDIR/,
    );
    expect(await failure(listPictures(`${folder}/none`))).toMatch(
      /^DATA_NOT_FOUND: there is no folder .*ENOENT/,
    );
  });
});
