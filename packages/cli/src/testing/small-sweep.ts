/** Sweeps that take a second or two, for tests. */
import { readFileSync } from 'node:fs';
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
