import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeUnfinished, writeAtomically } from './write-atomically.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeAtomically', () => {
  it('writes over what was there', () => {
    const file = join(folder, 'file');
    writeAtomically(file, 'first');
    writeAtomically(file, Uint8Array.of(50));
    expect(readFileSync(file, 'utf8')).toBe('2');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.skipIf(process.platform === 'win32')(
    'writes into a pipe, which no file can take the place of',
    async () => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const reader = execFile('cat', [pipe], { timeout: 30_000 });
      let read = '';
      reader.stdout!.on('data', (part) => (read += String(part)));
      writeAtomically(pipe, 'through');
      await once(reader, 'close');
      expect(read).toBe('through');
      expect(lstatSync(pipe).isFIFO()).toBe(true);
      expect(readdirSync(folder)).toEqual(['pipe']);
    },
  );

  it.skipIf(process.platform === 'win32')('writes what a link leads to, and leaves the link', () => {
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'there/file'), 'first');
    symlinkSync('there', join(folder, 'beside'));
    symlinkSync('beside/file', join(folder, 'second'));
    symlinkSync(join(folder, 'second'), join(folder, 'link'));
    symlinkSync('there/new', join(folder, 'nowhere'));
    writeAtomically(join(folder, 'link'), 'written');
    writeAtomically(join(folder, 'nowhere'), 'made');
    for (const name of ['link', 'second', 'nowhere'])
      expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'there/file'), 'utf8')).toBe('written');
    expect(readFileSync(join(folder, 'there/new'), 'utf8')).toBe('made');
    expect(readdirSync(join(folder, 'there')).sort()).toEqual(['file', 'new']);
  });

  it.skipIf(process.platform === 'win32')('takes the place of a link that leads to itself', () => {
    symlinkSync('circle', join(folder, 'circle'));
    writeAtomically(join(folder, 'circle'), 'text');
    expect(readFileSync(join(folder, 'circle'), 'utf8')).toBe('text');
  });

  it('leaves nothing behind when the file cannot be put in its place', () => {
    mkdirSync(join(folder, 'taken', 'by-a-folder'), { recursive: true });
    expect(() => writeAtomically(join(folder, 'taken'), 'text')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});

it('removeUnfinished removes what a killed writer left, and nothing else', () => {
  mkdirSync(join(folder, 'below'));
  for (const name of ['.12.a1b2.tmp', 'below/.7.x.tmp', 'below/kept.tmp', '.hidden'])
    writeFileSync(join(folder, name), '');
  removeUnfinished(folder);
  expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual([
    '.hidden',
    'below',
    join('below', 'kept.tmp'),
  ]);
});
