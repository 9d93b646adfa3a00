import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readFolderNames } from './folder-names.js';

const nameOf = (names: string, folder: string) => readFolderNames(names, '/work')!(folder);

it.each([
  ['/shared=/mnt/shared', '/shared/grid/one', '/mnt/shared/grid/one'],
  ['/shared/=/mnt/shared/', '/shared', '/mnt/shared'],
  ['/shared=here', '/shared/grid', '/work/here/grid'],
  ['/=/mnt', '/shared/grid', '/mnt/shared/grid'],
  ['/shared=/mnt', '/shared/a\\b', '/mnt/a\\b'],
  ['S:\\shared=/mnt', 'S:\\shared\\grid\\one', '/mnt/grid/one'],
  ['S:/shared=/mnt', 'S:\\shared\\grid', '/mnt/grid'],
  ['S:\\=/mnt', 'S:\\shared', '/mnt/shared'],
  ['\\\\lab\\shared=/mnt', '\\\\lab\\shared\\grid', '/mnt/grid'],
])('by %s, %s is called %s', (names, folder, here) => {
  expect(nameOf(names, folder)).toBe(resolve(here));
});

it.each([
  ['/shared=/mnt', '/shared2/grid'],
  ['/shared=/mnt', 'shared/grid'],
  ['S:\\shared=/mnt', 'T:\\shared\\grid'],
])('by %s, %s keeps its name', (names, folder) => expect(nameOf(names, folder)).toBe(folder));

it.each(['/shared', '=here', '/shared=', '/a=/b=/c'])('refuses %s', (names) => {
  expect(() => readFolderNames(names, '/work')).toThrow(/--folder must say .*\/shared=\/mnt\/shared/);
});

it('has no names where none are given', () => expect(readFolderNames(undefined, '/work')).toBeUndefined());
