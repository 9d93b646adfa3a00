export { commandHelp, programHelp } from './help.js';
export type { Flag, Positional } from './flag.js';
export { ParsedArguments, parseArguments } from './parse-arguments.js';
