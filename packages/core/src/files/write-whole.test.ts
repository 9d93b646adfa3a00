import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './write-whole.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeWhole', () => {
  it('writes over what was there, into a folder that it makes', () => {
    const file = join(folder, 'a', 'b', 'file');
    writeWhole(file, 'first');
    writeWhole(file, Uint8Array.of(50));
    expect(readFileSync(file, 'utf8')).toBe('2');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file']);
  });

  it('leaves nothing behind when the file cannot be put in its place', () => {
    mkdirSync(join(folder, 'taken', 'by-a-folder'), { recursive: true });
    expect(() => writeWhole(join(folder, 'taken'), 'text')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
