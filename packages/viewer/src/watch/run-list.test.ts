import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGanError } from '@dist-gan/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunList } from './run-list.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-run-list-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const names = () =>
  new RunList(folder, () => undefined)
    .runs()
    .map(({ name }) => name)
    .sort();

function makeRun(name: string) {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'run.json'), '{}');
}

it('counts a run once, by its own name, however many links lead to it', () => {
  makeRun('run');
  makeRun('back\\slash');
  symlinkSync('run', join(folder, 'latest'));
  symlinkSync(folder, join(folder, 'all'));
  expect(names()).toEqual(['back\\slash', 'run']);
});

it('counts a run that only a link leads to', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'dist-gan-run-'));
  writeFileSync(join(elsewhere, 'run.json'), '{}');
  symlinkSync(elsewhere, join(folder, 'linked'));
  expect(names()).toEqual(['linked']);
  rmSync(elsewhere, { recursive: true });
});

it('passes by links that lead nowhere or to themselves', () => {
  makeRun('run');
  symlinkSync('missing', join(folder, 'nowhere'));
  symlinkSync('itself', join(folder, 'itself'));
  expect(names()).toEqual(['run']);
  expect(() => new RunList(join(folder, 'itself'), () => undefined)).toThrow(
    expect.toSatisfy((error) => isGanError(error, 'DATA_NOT_FOUND')),
  );
});
