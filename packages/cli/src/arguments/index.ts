export { commandHelp, programHelp } from './help.js';
export type { Completer, Completion, Flag, Positional, Syntax } from './flag.js';
export { ParsedArguments, parseArguments } from './parse-arguments.js';
