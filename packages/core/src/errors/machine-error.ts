import { GanError, isGanError } from './gan-error.js';

/** The machine lacks what any work needs: room on a disk, memory, open files, a folder that may be written. */
export class MachineError extends GanError {
  readonly code = 'MACHINE_UNFIT';
}

/** What to do about each of the system's errors that are the machine's. */
const remedies: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', 'make room on the disk'],
  ['EDQUOT', 'make room within the quota'],
  ['EMFILE', 'allow more open files (ulimit -n), or run fewer at a time'],
  ['ENFILE', 'let the machine have more open files, or run fewer at a time'],
  ['ENOMEM', 'give the machine more memory, or run fewer at a time'],
  ['EAGAIN', 'allow more processes (ulimit -u), or run fewer at a time'],
  ['EACCES', 'make it accessible to this user'],
  ['EPERM', 'make it accessible to this user'],
  ['EROFS', 'make it writable'],
  ['EIO', 'look whether the disk is sound'],
]);

/** What to do about an error that is the machine's, by itself or by what caused it; undefined of any other. */
export function machineRemedy(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (isGanError(at, 'MACHINE_UNFIT')) return 'mend that';
    const remedy = remedies.get((at as NodeJS.ErrnoException).code);
    if (remedy !== undefined) return remedy;
  }
  return undefined;
}
