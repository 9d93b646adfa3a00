import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.js';

it.skipIf(process.platform === 'win32')('is taken by a shell for what it is', () => {
  const special = fc.string({ unit: fc.constantFrom(...'ab=~ \'"\\$`!*?[]{}()<>|&;#%\n\t'), maxLength: 12 });
  const word = fc
    .oneof(special, fc.string({ unit: 'grapheme' }))
    // Paths of Windows, and what no program can be given.
    .filter((each) => !/^(?:[a-z]:\\|\\\\)|\0/i.test(each));
  const words = fc.sample(word, { numRuns: 2000, seed: 1 });
  const printed = spawnSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], {
    encoding: 'utf8',
  });
  expect(printed.stderr).toBe('');
  expect(printed.stdout.split('\0').slice(0, -1)).toEqual(words);
});

it.each([
  ['runs/grid-seed0', 'runs/grid-seed0'],
  ['', '""'],
  ['~', '"~"'],
  ['--set=batchSize=8', '--set=batchSize=8'],
  ['runs\\grid', '"runs\\grid"'],
  ['C:\\my runs\\$5', '"C:\\my runs\\$5"'],
  ['\\\\there\\runs', '"\\\\there\\runs"'],
])('leaves %j legible, and paths of Windows as its shell takes them', (word, written) => {
  expect(shellWord(word)).toBe(written);
});
