import { OutputError } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { reportError } from './main.js';
import type { Terminal } from './terminal.js';

/** What is said of an error, and the exit code. */
function reported(error: unknown): [string, number] {
  let said = '';
  const stderr = { write: (text: string) => (said += text) };
  const code = reportError(error, { stderr, environment: {} } as unknown as Terminal);
  return [said, code];
}

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

it('tells what a machine lacks from what a run did wrong', () => {
  const ours = new OutputError('run.json cannot be written (ENOSPC); make room and resume', 'x', {
    cause: full,
  });
  expect(reported(ours)).toEqual(['error: run.json cannot be written (ENOSPC); make room and resume\n', 74]);
  expect(reported(new OutputError('x is a folder; choose another file', 'x'))).toEqual([
    'error: x is a folder; choose another file\n',
    2,
  ]);
});

it('says the way out of an error that nobody has given words to, where it is known', () => {
  expect(reported(full)).toEqual([
    'error: ENOSPC: no space left on device, write; make room on the disk\n',
    74,
  ]);
  expect(reported(new Error('unknown'))[1]).toBe(1);
});
