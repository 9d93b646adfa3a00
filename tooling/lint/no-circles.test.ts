import { describe, expect, it } from 'vitest';
import { shortestCircle } from './no-circles.mjs';

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
