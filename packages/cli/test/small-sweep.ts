/** Sweeps that take a second or two, for tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A sweep of `gaussian-grid`, made small. */
export const smallSweep = (out: string, ...words: string[]): string[] => [
  'sweep',
  '--preset=gaussian-grid',
  '--seeds=1',
  '--backend=cpu',
  '--set=evaluation.samples=100',
  '--set=architecture.hiddenUnits=[8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
  '--no-probe',
  `--out=${out}`,
  ...words,
];

/** What a sweep says in the end, without times. */
export const results = (path: string): string =>
  readFileSync(join(path, 'results.json'), 'utf8').replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0');

/** When each run below a folder began. */
export const beginnings = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[\\/]run\.json$/.test(name))
    .map((name) => (JSON.parse(readFileSync(join(path, name), 'utf8')) as { startedAt: string }).startedAt);
