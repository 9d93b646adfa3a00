import type { ParsedArguments, Syntax } from '../arguments/index.js';
import type { Terminal } from '../terminal.js';

/** One thing that the program does: `dist-gan <name> ...`. */
export interface Command extends Syntax {
  /** @returns the exit code */
  run(given: ParsedArguments, terminal: Terminal): Promise<number>;
}

/** Exit codes of the program; one that is asked to end early has the code of what asked it (see `ending`). */
export const exitCodes = {
  success: 0,
  /** Not foreseen: a bug, or the machine. */
  unexpected: 1,
  /** Bad input, or a run that cannot go on: one of our own errors, with its remedy. */
  failure: 2,
  /** What is asked for is not there: an engine, a device, a queue. Elsewhere it may be. */
  unavailable: 69,
  /** The machine lacks something: room on a disk, memory, a folder that may be written. */
  machine: 74,
} as const;

const lacking = `${exitCodes.machine} the machine lacks room, memory or a right`;
const unforeseen = `${exitCodes.unexpected} anything unforeseen`;

/** What a command may end with beside codes of its own, for its help. */
export const codesOfAll = `${lacking}, ${unforeseen}`;

/** The same of a command that can be asked to end early. */
export const codesOfLongWork = `${lacking}, 130 ended by Ctrl-C (143 SIGTERM, 129 closed terminal, 141 closed pipe), ${unforeseen}`;
