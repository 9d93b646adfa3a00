export { commandHelp, programHelp } from './help.js';
export { helpFlag, type Flag, type Positional } from './flag.js';
export { ParsedArguments, parseArguments } from './parse-arguments.js';
