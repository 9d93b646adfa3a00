import { expect, it } from 'vitest';
import { processOutput } from './text-output.js';

it.each([
  [80, 80],
  [0, undefined],
  [undefined, undefined],
])('of a terminal that says %s columns knows the width %s', (columns, width) => {
  expect(processOutput({ columns } as NodeJS.WriteStream).columns).toBe(width);
});
