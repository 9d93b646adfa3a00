import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isGanError } from '../errors/index.js';
import { checkFileWritable, checkFolderWritable, makeFolder } from './index.js';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-folders-'));
  writeFileSync(join(base, 'file'), 'content');
});
afterEach(() => rmSync(base, { recursive: true }));

/** Permissions stop nobody who may do everything. */
const mayDoEverything = process.getuid?.() === 0;

/** In `/proc` no folder can be made, and Linux says that it is the parent that is missing. */
const withoutEnd = '/proc/nowhere/deeper';

function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    expect(isGanError(error, 'OUTPUT_UNWRITABLE')).toBe(true);
    return (error as Error).message;
  }
  throw new Error('no error was thrown');
}

describe('makeFolder', () => {
  it('makes what is missing and leaves what is there', () => {
    const path = join(base, 'a', 'b', 'c');
    makeFolder(path);
    writeFileSync(join(path, 'kept'), '');
    makeFolder(path);
    makeFolder(`${path}/../d/`);
    expect(readdirSync(join(base, 'a', 'b')).sort()).toEqual(['c', 'd']);
    expect(readdirSync(path)).toEqual(['kept']);
  });

  it('takes a link to a folder for a folder', () => {
    mkdirSync(join(base, 'real'));
    symlinkSync(join(base, 'real'), join(base, 'link'), 'dir');
    makeFolder(join(base, 'link'));
    makeFolder(join(base, 'link', 'deeper'));
    expect(statSync(join(base, 'real', 'deeper')).isDirectory()).toBe(true);
  });

  it('makes nothing where a file is in the way', () => {
    expect(messageOf(() => makeFolder(join(base, 'file')))).toMatch(/EEXIST/);
    expect(messageOf(() => makeFolder(join(base, 'file', 'x', 'y'), 'move the file'))).toMatch(
      /file.x.y cannot be written \(ENOTDIR.*\); move the file$/,
    );
  });

  it.skipIf(!existsSync('/proc/self'))('ends where Linux says that a parent is missing that is there', () => {
    expect(messageOf(() => makeFolder(withoutEnd))).toMatch(
      /cannot be written \(ENOENT.*choose another folder$/,
    );
  });

  it.skipIf(process.platform === 'win32')('ends at a link to nothing', () => {
    symlinkSync(join(base, 'none', 'at', 'all'), join(base, 'link'));
    expect(messageOf(() => makeFolder(join(base, 'link', 'deeper')))).toMatch(/cannot be written/);
  });
});

describe('checkFolderWritable', () => {
  it('leaves nothing behind', () => {
    checkFolderWritable(base);
    checkFolderWritable(join(base, 'a', 'b'));
    expect(readdirSync(base)).toEqual(['file']);
  });

  it('says what would fail, before it does', () => {
    expect(messageOf(() => checkFolderWritable(join(base, 'file', 'x')))).toMatch(/ENOTDIR/);
    if (existsSync('/proc/self')) expect(messageOf(() => checkFolderWritable(withoutEnd))).toMatch(/ENOENT/);
    expect(readdirSync(base)).toEqual(['file']);
  });

  it.skipIf(mayDoEverything || process.platform === 'win32')('knows of permissions', () => {
    mkdirSync(join(base, 'closed'));
    chmodSync(join(base, 'closed'), 0o500);
    expect(messageOf(() => checkFolderWritable(join(base, 'closed')))).toMatch(/EACCES/);
  });
});

describe('checkFileWritable', () => {
  it('leaves a file and a folder without it as they are', () => {
    checkFileWritable(join(base, 'file'));
    checkFileWritable(join(base, 'none', 'deep', 'result.json'));
    expect(readFileSync(join(base, 'file'), 'utf8')).toBe('content');
    expect(readdirSync(base)).toEqual(['file']);
  });

  it.skipIf(mayDoEverything || process.platform === 'win32')(
    'knows that a file is replaced, which takes a folder that can be written',
    () => {
      mkdirSync(join(base, 'closed'));
      writeFileSync(join(base, 'closed', 'file'), 'content');
      chmodSync(join(base, 'closed'), 0o500);
      expect(messageOf(() => checkFileWritable(join(base, 'closed', 'file')))).toMatch(/EACCES/);
    },
  );

  it('says what would fail, before it does', () => {
    expect(messageOf(() => checkFileWritable(base))).toMatch(/is a folder, where a file/);
    expect(messageOf(() => checkFileWritable(join(base, 'file', 'x.json')))).toMatch(/ENOTDIR/);
  });
});
