import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { noCircles, shortestCircle } from './no-circles.mjs';

const arrows = (graph: Record<string, string[]>) => (file: string) => graph[file] ?? [];

describe('shortestCircle', () => {
  it('goes from a file back to it, by as few files as can be', () => {
    const graph = arrows({ a: ['b', 'c'], b: ['d'], c: ['a'], d: ['a'] });
    expect(shortestCircle('a', graph)).toEqual(['a', 'c', 'a']);
    expect(shortestCircle('b', graph)).toEqual(['b', 'd', 'a', 'b']);
  });

  it('is none for a file that others in a circle need, or that needs them', () => {
    const graph = arrows({ before: ['a'], a: ['b', 'after'], b: ['a'] });
    expect(shortestCircle('before', graph)).toBeUndefined();
    expect(shortestCircle('after', graph)).toBeUndefined();
  });
});

describe('the rule', () => {
  const eslint = new ESLint({
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser },
      plugins: { house: { rules: { 'no-circles': noCircles } } },
      rules: { 'house/no-circles': 'error' },
    },
  });
  /** What it says of a file that `random-stream.ts` imports, had it this text. */
  const lint = async (text: string) => {
    const [{ messages }] = await eslint.lintText(text, { filePath: 'packages/core/src/random/threefry.ts' });
    return messages.map(({ message }) => message);
  };

  it.each([
    ["import { RandomStream } from './random-stream.js';"],
    ["import type { RandomStream } from './random-stream.js';"],
    ["export * from './random-stream.js';"],
    ["export type Stream = import('./random-stream.js').RandomStream;"],
  ])('sees that a file needs itself by: %s', async (text) => {
    expect(await lint(text)).toEqual([
      expect.stringMatching(/threefry\.ts -> .*random-stream\.ts -> .*threefry\.ts/),
    ]);
  });

  it('lets a file import what does not need it', async () => {
    expect(await lint("import { OptionError } from '../errors/index.js';")).toEqual([]);
  });
});
