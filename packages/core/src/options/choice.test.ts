import * as v from 'valibot';
import { expect, it } from 'vitest';
import { choice, oneOf } from './choice.js';

it.each([
  [choice(['linear', 'cosine', 'staircase']), 'must be linear, cosine or staircase'],
  [choice(['linear', 'cosine'], JSON.stringify), 'must be "linear" or "cosine"'],
  [choice([32, 48], JSON.stringify), 'must be 32 or 48'],
  [choice(['linear']), 'must be linear'],
  [oneOf(['linear', 'cosine', 'staircase']), 'must be one of linear, cosine, staircase'],
])('%# says what there is', (schema, message) => {
  const { success, issues } = v.safeParse(schema, 'square');
  expect([success, issues?.[0].message]).toEqual([false, message]);
});

it('takes a word of the list, by its type too', () => {
  const word: 'linear' | 'cosine' = v.parse(choice(['linear', 'cosine']), 'cosine');
  expect(word).toBe('cosine');
});
