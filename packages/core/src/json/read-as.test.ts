import * as v from 'valibot';
import { expect, it } from 'vitest';
import { readAs } from './read-as.js';

const schema = v.looseObject(
  { name: v.string(), seeds: v.array(v.pipe(v.number(), v.minValue(0, 'must be 0 or more'))) },
  'must be an object',
);

it('gives what fits, and lets be what the schema does not know', () => {
  const written = { name: 'grid', seeds: [0, 1], later: true };
  expect(readAs(schema, written)).toEqual(written);
});

it.each([
  [null, 'must be an object (got null)'],
  [{ seeds: [] }, 'name is missing'],
  [{ name: 'grid', seeds: [3, -1] }, 'seeds.1: must be 0 or more (got -1)'],
  [{ name: 7, seeds: [] }, 'name: Invalid type: Expected string but received 7'],
])('says which part of %j is wrong, and what it is', (written, message) => {
  expect(() => readAs(schema, written)).toThrow(new TypeError(message));
});
