export { commandHelp, programHelp } from './help.js';
export type { Completion, Flag, Syntax } from './flag.js';
export { ParsedArguments, parseArguments } from './parse-arguments.js';
