/** READMEs: what each says of the list of its package, and how long that of the project is. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../packages/architectures/src/index.js';
import { augmentations } from '../../packages/augmentations/src/index.js';
import { commands } from '../../packages/cli/src/commands/index.js';
import { datasets } from '../../packages/datasets/src/index.js';
import * as losses from '../../packages/losses/src/index.js';
import { methods, regularisers } from '../../packages/methods/src/index.js';
import * as ablations from '../../packages/methods/src/dist-gan/ablations.js';
import { metrics } from '../../packages/metrics/src/index.js';
import { presets, recipePresets } from '../../packages/presets/src/index.js';
import { guards } from '../../packages/trainer/src/guards/index.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What stands in backticks, once each. */
const namesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name)),
];

/** The names in backticks of one column of the only table that has these columns, one for each time. */
function namesIn(path: string, column: string, other: string): string[] {
  const tables = [...read(path).matchAll(/(?:^\|.*\n)+/gm)].map(([table]) =>
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
  const wanted = tables.filter(([header]) => [column, other].every((name) => header.includes(name)));
  expect(wanted, `tables of ${path} with the columns "${column}" and "${other}"`).toHaveLength(1);
  const [[header, , ...rows]] = wanted;
  const at = header.indexOf(column);
  return rows.flatMap((row) => namesOf(row[at]));
}

const functionsOf = (exported: object): string[] =>
  Object.entries(exported).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));

interface Table {
  /** The file in which the list is. */
  readonly list: string;
  readonly known: readonly string[];
  /** The column with the names, and another by which the table is known. */
  readonly columns: readonly [string, string];
  /** What of a name is the list's. Default all of it. */
  readonly nameOf?: (written: string) => string;
}

const tables: readonly Table[] = [
  {
    list: 'packages/architectures/src/architectures.ts',
    known: Object.keys(architectures),
    columns: ['id', 'networks'],
  },
  {
    list: 'packages/augmentations/src/augmentations.ts',
    known: Object.keys(augmentations),
    columns: ['id', 'what it changes'],
  },
  { list: 'packages/datasets/src/datasets.ts', known: Object.keys(datasets), columns: ['id', 'samples'] },
  { list: 'packages/methods/src/methods.ts', known: Object.keys(methods), columns: ['id', 'what it is'] },
  {
    list: 'packages/methods/src/regularisers/regularisers.ts',
    known: Object.keys(regularisers),
    columns: ['id', 'what it adds'],
  },
  { list: 'packages/losses/src/index.ts', known: functionsOf(losses), columns: ['function', 'value'] },
  {
    list: 'packages/trainer/src/guards/guards.ts',
    known: Object.keys(guards),
    columns: ['id', 'speaks when'],
  },
  {
    list: 'packages/cli/src/commands/index.ts',
    known: commands.map(({ name }) => name),
    columns: ['command', 'what it does'],
    nameOf: (command) => command.split(' ')[1],
  },
];

describe.each(tables)('the README beside $list', ({ list, known, columns, nameOf = (name) => name }) => {
  const readme = list.replace(/src\/.*/, 'README.md');
  const written = namesIn(readme, ...columns);
  const names = written.map(nameOf);

  it('names none twice', () => {
    const twice = written.filter((name, i) => written.indexOf(name) < i);
    expect(twice, `${readme} has ${twice.join(', ')} twice; take one of them out`).toEqual([]);
  });

  it('has a row for each of the list', () => {
    const missing = known.filter((name) => !names.includes(name));
    expect(
      missing,
      `${readme} lacks ${missing.join(', ')}; add a row to its table with the columns "${columns.join('" and "')}"`,
    ).toEqual([]);
  });

  it('has no other row', () => {
    const others = names.filter((name) => !known.includes(name));
    expect(
      others,
      `${readme} has ${others.join(', ')}, which ${list} lacks; add it there, or take the row out`,
    ).toEqual([]);
  });
});

it('the README of the methods says where each comes from that is no ablation of Dist-GAN', () => {
  const path = 'packages/methods/README.md';
  const names = namesIn(path, 'method', 'paper');
  const makers = Object.values(methods).filter((make) => !Object.values<unknown>(ablations).includes(make));
  const missing = makers.map(({ name }) => name).filter((name) => !names.includes(name));
  expect(
    missing,
    `${path} lacks ${missing.join(', ')}; add a row to its table with the columns "method" and "paper"`,
  ).toEqual([]);
});

it('the README of the metrics names each of the list', () => {
  const path = 'packages/metrics/README.md';
  const names = namesOf(read(path));
  const missing = Object.keys(metrics).filter((id) => !names.includes(id));
  expect(missing, `${path} lacks ${missing.join(', ')}; add a row, or name it beside its like`).toEqual([]);
});

it('the README of the presets names each of the list, those of a comparison by their ends', () => {
  const path = 'packages/presets/README.md';
  const names = namesOf(read(path));
  const ends = names.filter((name) => name.startsWith('-'));
  const missing = Object.keys({ ...presets, ...recipePresets }).filter(
    (id) => !names.includes(id) && !ends.some((end) => id.endsWith(end)),
  );
  expect(missing, `${path} lacks ${missing.join(', ')}; add a row to its table`).toEqual([]);
});

it('the README of the project is read in a few minutes', () => {
  expect(read('README.md').split(/\s+/).length).toBeLessThan(900);
});
