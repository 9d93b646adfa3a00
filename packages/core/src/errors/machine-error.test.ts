import { expect, it } from 'vitest';
import { OutputError } from './file-errors.js';
import { MachineError, machineRemedy } from './machine-error.js';

const systemError = (code: string) => Object.assign(new Error(code), { code });

it.each([
  ['the system', systemError('ENOSPC'), 'make room on the disk'],
  ['what it caused', new OutputError('x', 'x', { cause: systemError('EROFS') }), 'make it writable'],
  ['somebody who knew it', new MachineError('x'), 'mend that'],
])('says what to do about an error of the machine, told by %s', (_, error, remedy) => {
  expect(machineRemedy(error)).toBe(remedy);
});

it.each([new Error('a loss is NaN'), systemError('ENOENT'), new OutputError('x', 'x'), 'ENOSPC'])(
  'has no word for any other: %s',
  (error) => expect(machineRemedy(error)).toBeUndefined(),
);
