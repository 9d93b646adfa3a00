import { DataNotFoundError } from '@dist-gan/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../test/failure.js';
import { scratchFolders } from '../../test/scratch-folders.js';
import { builtin, exists, isFile, readBytes, readRecords } from './file-system.js';

const folderWith = scratchFolders();
afterEach(() => vi.unstubAllGlobals());

describe('readBytes', () => {
  it('gives the whole file', async () => {
    const content = Uint8Array.from({ length: 1000 }, (_, i) => i);
    expect(readBytes(`${folderWith({ a: content })}/a`, '')).toEqual(content);
  });

  it('says what cannot be read', async () => {
    const folder = folderWith();
    expect(await failure((async () => readBytes(`${folder}/a`, 'look again'))())).toBe(
      `DATA_NOT_FOUND: there is no file ${folder}/a; look again`,
    );
    expect(await failure((async () => readBytes(folder, 'look again'))())).toMatch(
      /^DATA_NOT_FOUND: cannot read \(EISDIR\)/,
    );
  });
});

describe('readRecords', () => {
  it('gives the whole ones, a piece at a time, and how much is behind them', () => {
    const content = Uint8Array.from({ length: 23 }, (_, i) => i);
    const records = readRecords(`${folderWith({ a: content })}/a`, 5, 2);
    expect([records.count, records.bytesLeft]).toEqual([4, 3]);
    const pieces = [...records.pieces()].map((piece) => piece.length);
    expect(pieces).toEqual([10, 10]);
  });

  it('says what cannot be read', () => {
    const folder = folderWith();
    expect(() => readRecords(`${folder}/a`, 5, 2)).toThrow(
      new DataNotFoundError(
        `there is no file ${folder}/a; check that it is a file that you may read`,
        `${folder}/a`,
      ),
    );
    expect(() => [...readRecords(folder, 5, 2).pieces()]).toThrow(DataNotFoundError);
  });
});

describe("Node's own modules", () => {
  it('are named with the version of a Node that is too old', () => {
    vi.stubGlobal('process', { versions: { node: '18.20.4' } });
    for (const ask of [() => builtin('node:fs'), () => exists('/'), () => isFile('/')]) {
      expect(ask).toThrow(
        'this is Node 18.20.4, which is too old to read data files; use Node 20.19 or newer',
      );
    }
  });

  it('are not there in a browser, where no file exists', () => {
    vi.stubGlobal('process', undefined);
    expect(() => builtin('node:fs')).toThrow('data files can be read in Node only');
    expect([exists('/'), isFile('/')]).toEqual([false, false]);
  });
});
