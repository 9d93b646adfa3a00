/** READMEs: tables that repeat the list of their package, and how long that of the project is. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { architectures } from '../../packages/architectures/src/index.js';
import { augmentations } from '../../packages/augmentations/src/index.js';
import { datasets } from '../../packages/datasets/src/index.js';
import * as losses from '../../packages/losses/src/index.js';
import { methods, regularisers } from '../../packages/methods/src/index.js';

/** The names in backticks of one column of the only table that has these columns. */
function namesIn(readme: string, column: string, ...others: string[]): string[] {
  const text = readFileSync(new URL(`../../packages/${readme}/README.md`, import.meta.url), 'utf8');
  const tables = [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) =>
    table
      .trimEnd()
      .split('\n')
      .map((line) =>
        line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
  const wanted = tables.filter(([header]) => [column, ...others].every((name) => header.includes(name)));
  expect(wanted).toHaveLength(1);
  const [[header, , ...rows]] = wanted;
  const at = header.indexOf(column);
  return rows.flatMap((row) => [...row[at].matchAll(/`([^`]+)`/g)].map(([, name]) => name));
}

const functionsOf = (exported: object): object =>
  Object.fromEntries(Object.entries(exported).filter(([, value]) => typeof value === 'function'));

const lists: [string, object, [string, string]][] = [
  ['architectures', architectures, ['id', 'networks']],
  ['augmentations', augmentations, ['id', 'what it changes']],
  ['datasets', datasets, ['id', 'samples']],
  ['methods', methods, ['id', 'what it is']],
  ['methods', regularisers, ['id', 'what it adds']],
  ['losses', functionsOf(losses), ['function', 'value']],
];

it.each(lists)('the README of %s has a row for each of its list, and no other', (readme, list, columns) => {
  const names = namesIn(readme, ...columns);
  expect(names).toHaveLength(new Set(names).size);
  expect(new Set(names)).toEqual(new Set(Object.keys(list)));
});

it('the README of the project is read in a few minutes', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme.split(/\s+/).length).toBeLessThan(900);
});
